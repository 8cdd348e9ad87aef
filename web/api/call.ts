import type { Endpoint, InputOf, OutputOf } from '#contract/endpoint.ts';
import { Failure } from '#domain/basics/failure.ts';
import { problemOf, unreachable } from './problem.ts';
import { signInAgain } from './sign-in-again.ts';

type Values = Record<string, unknown>;

function valuesOf(input: unknown): Values {
  return typeof input === 'object' && input !== null ? { ...input } : {};
}

/** Fills `:names` of the path from the input and returns what is left. */
function fillPath(endpoint: Endpoint, input: unknown): { path: string; rest: Values } {
  const rest = valuesOf(input);
  const path = endpoint.path.replace(/:(\w+)/gu, (_whole, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  return { path, rest };
}

function withQuery(path: string, values: Values): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== '') query.set(key, String(value));
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** A new request id; works also where the page is not served over HTTPS and `randomUUID` is missing. */
export function newRequestId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes]
    .map((byte, index) =>
      (index === 6 ? (byte & 15) | 64 : index === 8 ? (byte & 63) | 128 : byte).toString(16).padStart(2, '0'),
    )
    .join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

async function fetchOnce(endpoint: Endpoint, input: unknown, requestId: string): Promise<Response> {
  const { path, rest } = fillPath(endpoint, input);
  try {
    if (endpoint.method === 'GET')
      return await fetch(withQuery(path, rest), { headers: { accept: 'application/json' } });
    return await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-baoxue': '1', 'x-request-id': requestId },
      body: JSON.stringify(rest),
    });
  } catch {
    throw unreachable();
  }
}

async function answered(endpoint: Endpoint, input: unknown, requestId: string): Promise<Response> {
  let response = await fetchOnce(endpoint, input, requestId);
  if (!response.ok) {
    const failure = await problemOf(response);
    if (failure.code !== 'signed-out' || endpoint.name === 'security.whoAmI' || !(await signInAgain())) throw failure;
    response = await fetchOnce(endpoint, input, requestId);
    if (!response.ok) throw await problemOf(response);
  }
  return response;
}

/**
 * Makes one call of the contract. A refusal is thrown as `Failure` with `detail.issues` where fields are at fault. When the
 * session has ended, the sign-in dialog opens over the page and the call is made again with the same request id, so that
 * nothing typed is lost. Pass `requestId` to repeat a call that may already have arrived.
 */
export async function call<E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  requestId: string = newRequestId(),
): Promise<OutputOf<E>> {
  const response = await answered(endpoint, input, requestId);
  // as: the server has checked its answer against this endpoint's own output shape
  return (await response.json()) as OutputOf<E>;
}

/** Asks a call of the contract that answers a file, such as a preview; refusals are thrown as by `call`. */
export async function callForFile<E extends Endpoint>(endpoint: E, input: InputOf<E>): Promise<Blob> {
  return (await answered(endpoint, input, newRequestId())).blob();
}

function sendFile(
  url: string,
  requestId: string,
  file: File,
  onProgress?: (part: number) => void,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-baoxue', '1');
    request.setRequestHeader('x-request-id', requestId);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    };
    request.onload = () => {
      resolve({ status: request.status, text: request.responseText });
    };
    request.onerror = () => {
      reject(unreachable());
    };
    request.send(file);
  });
}

/** Sends a file as the raw body; `onProgress` gets the part sent, 0 to 1. Refusals are thrown as by `call`. */
export async function upload<E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  file: File,
  onProgress?: (part: number) => void,
): Promise<OutputOf<E>> {
  const { path, rest } = fillPath(endpoint, input);
  const url = withQuery(path, rest);
  const requestId = newRequestId();
  let answer = await sendFile(url, requestId, file, onProgress);
  if (answer.status === 401 && (await signInAgain())) answer = await sendFile(url, requestId, file, onProgress);
  if (answer.status >= 400) throw await problemOf(new Response(answer.text, { status: answer.status }));
  // as: the server has checked its answer against this endpoint's own output shape
  return JSON.parse(answer.text) as OutputOf<E>;
}

/** The address under which a file of the contract can be fetched. */
export function fileUrl<E extends Endpoint>(endpoint: E, input: InputOf<E>): string {
  const { path, rest } = fillPath(endpoint, input);
  return withQuery(path, rest);
}

/** Fetches a file and hands it to the browser to save; a refusal is thrown as `Failure` instead of opening a page of JSON. */
export async function saveFile(url: string): Promise<void> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    throw unreachable();
  }
  if (response.status === 401 && (await signInAgain())) response = await fetch(url);
  if (!response.ok) throw await problemOf(response);
  const name = /filename\*=UTF-8''([^;]+)/u.exec(response.headers.get('content-disposition') ?? '')?.[1];
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name === undefined ? '导出文件' : decodeURIComponent(name);
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}

/** Says whether a thrown value is a refusal with words for the user. */
export function isFailure(error: unknown): error is Failure {
  return error instanceof Failure;
}
