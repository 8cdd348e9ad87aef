import { z } from 'zod';
import type { Endpoint } from '#contract/endpoint.ts';
import { failureCodes } from '#domain/basics/failure.ts';

function schema(type: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  return z.toJSONSchema(type, { io, unrepresentable: 'any', target: 'draft-2020-12' });
}

/** OpenAPI 3.1 of the whole contract, made from its own shapes. */
export function openApi(endpoints: readonly Endpoint[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    const names = [...endpoint.path.matchAll(/:(\w+)/g)].map((found) => found[1] ?? '');
    const input = schema(endpoint.input, 'input');
    // as: an object schema's properties, by JSON Schema
    const properties = (input['properties'] ?? {}) as Record<string, unknown>;
    const required = (input['required'] ?? []) as string[];
    const inQuery = endpoint.method === 'GET' || endpoint.upload === true;
    const parameters = Object.entries(properties)
      .filter(([name]) => inQuery || names.includes(name))
      .map(([name, type]) => ({
        name,
        in: names.includes(name) ? 'path' : 'query',
        required: names.includes(name) || required.includes(name),
        schema: type,
      }));
    if (endpoint.method === 'POST')
      parameters.push({
        name: 'x-request-id',
        in: 'header',
        required: true,
        schema: { type: 'string', format: 'uuid' },
      });
    const body = Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)));
    paths[path] = {
      ...paths[path],
      [endpoint.method.toLowerCase()]: {
        operationId: endpoint.name,
        summary: endpoint.summary,
        tags: [endpoint.name.split('.')[0]],
        ...(endpoint.permission === null ? { security: [] } : {}),
        'x-permission': endpoint.permission,
        ...(endpoint.alsoNeeds ? { 'x-also-needs': endpoint.alsoNeeds } : {}),
        'x-audit': endpoint.audit,
        parameters,
        ...(endpoint.upload
          ? {
              requestBody: {
                required: true,
                content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
              },
            }
          : endpoint.method === 'POST'
            ? {
                requestBody: {
                  required: true,
                  content: {
                    'application/json': {
                      schema: {
                        type: 'object',
                        properties: body,
                        required: required.filter((name) => !names.includes(name)),
                      },
                    },
                  },
                },
              }
            : {}),
        responses: {
          '200': endpoint.download
            ? { description: '文件', content: { 'application/octet-stream': {} } }
            : { description: '结果', content: { 'application/json': { schema: schema(endpoint.output, 'output') } } },
          default: {
            description: '失败',
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        },
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '保学平台接口',
      version: '1',
      description: '控辍保学平台的开放接口。失败以 problem+json 返回，code 为封闭清单。',
    },
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'baoxue_session' },
      },
      schemas: {
        Problem: {
          type: 'object',
          required: ['title', 'status', 'code'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            code: { enum: Object.keys(failureCodes) },
            detail: { type: 'object' },
          },
        },
      },
    },
  };
}
