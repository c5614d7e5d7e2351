import { type AnyOperation, OPERATIONS, Plan, SessionView } from '@vireo/contracts';
import { z } from 'zod';
import { PasswordChange } from '../change-password.ts';
import { Problem } from '../http/answer-error.ts';
import { Credential } from '../seal-credential.ts';
import { SignInInput } from '../session.ts';
import { TAKES_CREDENTIAL } from './inline-credential.ts';
import { RESOURCES } from './resources.ts';

type Json = Record<string, unknown>;

function schema(type: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(type, { io, unrepresentable: 'any' });
  return rest;
}

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const json = (content: Json): Json => ({ 'application/json': { schema: content } });
const answer = (description: string, content: Json): Json => ({ description, content: json(content) });
const problem: Json = {
  description: 'A problem document (RFC 9457)',
  content: { 'application/problem+json': { schema: ref('Problem') } },
};
const problems: Json = { '4XX': problem, '5XX': problem };

const idParameter: Json = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'string', format: 'uuid' },
};
const dryRunParameter: Json = {
  name: 'dryRun',
  in: 'query',
  description: 'true: answer with the Plan and run nothing',
  schema: { type: 'boolean', default: false },
};
const accepted: Json = {
  ...answer('Submitted; the Location header names the task', ref('Submitted')),
  headers: { Location: { schema: { type: 'string' } } },
};

function listParameters(defaultSort: string): Json[] {
  return [
    {
      name: 'filter',
      in: 'query',
      description: 'Words and field:value terms, all of which must hold: web state:running host:cna01',
      schema: { type: 'string', maxLength: 500 },
    },
    {
      name: 'sort',
      in: 'query',
      description: 'A field; "-" before it for descending',
      schema: { type: 'string', default: defaultSort },
    },
    { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 500, default: 100 } },
    { name: 'cursor', in: 'query', description: 'What the last page gave', schema: { type: 'string' } },
  ];
}

/** The operation's input as a body: the id is in the path, and hosts may bring their credential. */
function bodySchema({ name, input }: AnyOperation): Json {
  const whole = schema(input, 'input');
  const { id: _inPath, ...properties } = whole.properties as Json;
  const required = (Array.isArray(whole.required) ? whole.required : []).filter((field) => field !== 'id');
  if (!TAKES_CREDENTIAL.includes(name)) return { ...whole, properties, required };
  return {
    ...whole,
    description: 'Either `secretId`, or `credential`, which is sealed before anything else happens.',
    properties: { ...properties, credential: schema(Credential, 'input') },
    required: required.filter((field) => field !== 'secretId'),
    oneOf: [{ required: ['secretId'] }, { required: ['credential'] }],
  };
}

function operationEntry(operation: AnyOperation): Json {
  const body = bodySchema(operation);
  const hasId = operation.rest.path.includes('{id}');
  return {
    operationId: operation.name,
    tags: [operation.object],
    description: `Permission: ${operation.permission}.`,
    parameters: [...(hasId ? [idParameter] : []), dryRunParameter],
    requestBody: { required: Array.isArray(body.required) && body.required.length > 0, content: json(body) },
    responses: { 200: answer('The Plan (dryRun)', ref('Planned')), 202: accepted, ...problems },
  };
}

function operationPaths(): Json {
  const paths: Json = {};
  for (const operation of OPERATIONS) {
    paths[operation.rest.path] = { [operation.rest.method.toLowerCase()]: operationEntry(operation) };
  }
  return paths;
}

function resourcePaths(): Json {
  const paths: Json = {};
  for (const { path, rowName, one, defaultSort } of RESOURCES) {
    const page = {
      type: 'object',
      required: ['items', 'nextCursor', 'total'],
      properties: {
        items: { type: 'array', items: ref(rowName) },
        nextCursor: { type: ['string', 'null'] },
        total: { type: 'integer' },
      },
    };
    const list = { operationId: `${path}.list`, tags: [path], parameters: listParameters(defaultSort) };
    paths[`/${path}`] = { get: { ...list, responses: { 200: answer('One page', page), ...problems } } };
    if (!one) continue;
    const get = { operationId: `${path}.get`, tags: [path], parameters: [idParameter] };
    paths[`/${path}/{id}`] = {
      get: { ...get, responses: { 200: answer('The object', ref(one.viewName)), ...problems } },
    };
  }
  return paths;
}

function sessionPaths(): Json {
  const tags = ['session'];
  const token = {
    allOf: [
      ref('Session'),
      { type: 'object', required: ['token'], properties: { token: { type: 'string' } } },
    ],
  };
  return {
    '/session': {
      post: {
        operationId: 'session.signIn',
        tags,
        security: [],
        requestBody: { required: true, content: json(schema(SignInInput, 'input')) },
        responses: { 201: answer('Signed in; send the token as a bearer token', token), ...problems },
      },
      get: {
        operationId: 'session.current',
        tags,
        responses: { 200: answer('Who I am', ref('Session')), ...problems },
      },
      delete: {
        operationId: 'session.signOut',
        tags,
        responses: { 204: { description: 'Signed out' }, ...problems },
      },
    },
    '/session/password': {
      post: {
        operationId: 'session.changePassword',
        tags,
        requestBody: { required: true, content: json(schema(PasswordChange, 'input')) },
        responses: { 200: answer('Changed; other sessions ended', ref('Session')), ...problems },
      },
    },
  };
}

function taskPaths(): Json {
  const act = (verb: string): Json => ({
    post: {
      operationId: `task.${verb}`,
      tags: ['tasks'],
      parameters: [idParameter],
      responses: { 202: accepted, ...problems },
    },
  });
  return { '/tasks/{id}/cancel': act('cancel'), '/tasks/{id}/retry': act('retry') };
}

function componentSchemas(): Json {
  const schemas: Json = {
    Problem: schema(Problem, 'output'),
    Plan: schema(Plan, 'output'),
    Session: schema(SessionView, 'output'),
    Planned: { type: 'object', required: ['plan'], properties: { plan: ref('Plan') } },
    Submitted: {
      type: 'object',
      required: ['taskId'],
      properties: { taskId: { type: 'string', format: 'uuid' } },
    },
  };
  for (const { row, rowName, one } of RESOURCES) {
    schemas[rowName] = schema(row, 'output');
    if (one) schemas[one.viewName] = schema(one.view, 'output');
  }
  return schemas;
}

/** Paths of one noun may come from several places: a list (GET) and an operation (POST) share `/vms`. */
function mergePaths(...parts: Json[]): Json {
  const merged: Record<string, Json> = {};
  for (const part of parts) {
    for (const [path, entry] of Object.entries(part)) merged[path] = { ...merged[path], ...(entry as Json) };
  }
  return merged;
}

let made: Json | undefined;

/** OpenAPI 3.1, generated once from the operations and views. */
export function openApiDocument(): Json {
  made ??= {
    openapi: '3.1.0',
    info: { title: 'Vireo', version: '1', description: 'Every operation answers 202 with the id of a task.' },
    servers: [{ url: '/api/v1' }],
    security: [{ bearer: [] }],
    paths: mergePaths(sessionPaths(), resourcePaths(), operationPaths(), taskPaths()),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: componentSchemas(),
    },
  };
  return made;
}
