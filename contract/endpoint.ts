import type { Permission } from '#domain/basics/permissions.ts';
import type { z } from 'zod';

/** How a call is made, what it needs and what it leaves behind: one object per call, read by server, web, OpenAPI and the loops that test them. */
export interface Endpoint<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  /** `<area>.<verb>`, unique; query keys and outbox use it. */
  name: string;
  method: 'GET' | 'POST';
  /** Fastify path; `:names` are taken from the input. */
  path: `/api/${string}`;
  /** One sentence in Chinese for the API page. */
  summary: string;
  /** null: open before sign-in (only sign-in itself and health). */
  permission: Permission | null;
  /** A second permission without which the call is refused as well, such as that of lists that leave the platform; the reach is then its own. */
  alsoNeeds?: Permission;
  /** The verb of the audit row; null only for reads that open no identity. */
  audit: string | null;
  /** May wait in the phone's outbox. */
  offline?: boolean;
  /** The body is a file, sent raw; `fileName` travels in the query. */
  upload?: boolean;
  /** Largest body in bytes where it is not the usual 2 MB. */
  bodyLimit?: number;
  /** The answer is a file, not JSON. */
  download?: boolean;
  input: Input;
  output: Output;
}

/** Declares a call; keeps the literal types of its shapes. */
export function endpoint<Input extends z.ZodType, Output extends z.ZodType>(
  description: Endpoint<Input, Output>,
): Endpoint<Input, Output> {
  return description;
}

/** What a caller sends to an endpoint. */
export type InputOf<E> = E extends Endpoint<infer Input> ? z.input<Input> : never;
/** What an endpoint answers. */
export type OutputOf<E> = E extends Endpoint<z.ZodType, infer Output> ? z.output<Output> : never;
/** What a handler receives after parsing. */
export type ParsedOf<E> = E extends Endpoint<infer Input> ? z.output<Input> : never;
