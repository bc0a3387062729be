// Calls between contexts: a typed remote on one side, handlers with declared trust on the other.

/** An interface whose methods take at most one argument and answer with a promise. */
export type Methods<Api> = {
  [M in keyof Api]: Api[M] extends (arg: infer A) => Promise<infer R> ? { arg: A; answer: R } : never;
};

/** Turns what came over the wire into what it should be. @throws when it is something else. */
export type Parse<T> = (value: unknown) => T;

/** For what our own pages and background send to a content script: nothing else can reach it. */
export const asGiven = <T>(value: unknown): T => value as T;

/** A call as it travels. */
export interface Call {
  readonly convscope: 1;
  readonly to: Address;
  readonly method: string;
  readonly arg?: unknown;
}
export type Address = 'background' | 'content';

type Reply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly name: string; readonly message: string };

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function isCall(value: unknown): value is Call {
  return isRecord(value) && value.convscope === 1 && typeof value.method === 'string' && typeof value.to === 'string';
}

function isReply(value: unknown): value is Reply {
  return isRecord(value) && (value.ok === true || (value.ok === false && typeof value.message === 'string'));
}

/**
 * An object whose methods send themselves. `answers` parses what comes back, method by method.
 * @throws (from its methods) an Error with the other side's sentence and name.
 */
export function remote<Api extends object>(
  to: Address,
  send: (call: Call) => Promise<unknown>,
  answers: { readonly [M in keyof Api]: Parse<Methods<Api>[M]['answer']> },
): Api {
  const call = async (method: keyof Api & string, arg: unknown): Promise<unknown> => {
    const reply = await send({ convscope: 1, to, method, arg });
    if (!isReply(reply)) throw new Error(`No answer from the ${to} to "${method}".`);
    if (reply.ok) return answers[method](reply.value);
    const error = new Error(reply.message);
    error.name = reply.name;
    throw error;
  };
  const has = (method: PropertyKey): method is keyof Api & string => typeof method === 'string' && Object.hasOwn(answers, method);
  return new Proxy({} as Api, { get: (_, method) => (has(method) ? (arg: unknown) => call(method, arg) : undefined) });
}

/** Where a message came from, as the browser says it. */
export interface Sender {
  readonly id?: string;
  readonly url?: string;
  readonly frameId?: number;
  readonly tab?: { readonly id?: number };
}

/** `page`: a page of this extension. `content`: our content script in some tab. */
export type Caller = 'page' | 'content';

export interface Handler<A, R> {
  /** Who may call. */
  readonly from: readonly Caller[];
  readonly arg: Parse<A>;
  run(arg: A, sender: Sender): Promise<R>;
}

export type Handlers<Api> = { readonly [M in keyof Api]: Handler<Methods<Api>[M]['arg'], Methods<Api>[M]['answer']> };

/** Who this extension is: its id, and the origins of its pages. */
export interface Self {
  readonly id: string;
  readonly origins: readonly string[];
}

function callerOf(sender: Sender, self: Self): Caller | null {
  if (sender.id !== self.id) return null;
  if (sender.url === undefined) return sender.tab ? null : 'page';
  return self.origins.some((origin) => sender.url?.startsWith(`${origin}/`)) ? 'page' : sender.tab ? 'content' : null;
}

/**
 * A listener for the browser's message event. It answers calls to `to` and leaves all other messages alone.
 * Refusals and errors go back as sentences.
 */
export function serve<Api extends object>(to: Address, handlers: Handlers<Api>, self: Self) {
  const answer = async (call: Call, sender: Sender): Promise<Reply> => {
    const caller = callerOf(sender, self);
    const method = call.method as keyof Api;
    if (!Object.hasOwn(handlers, call.method)) throw new Error(`The ${to} has no "${call.method}".`);
    const handler = handlers[method];
    if (!caller || !handler.from.includes(caller)) {
      throw new Error(`"${call.method}" answers to ${handler.from.join(' and ')}, but was called by ${caller ?? 'a stranger'}.`);
    }
    return { ok: true, value: await handler.run(handler.arg(call.arg), sender) };
  };
  return (message: unknown, sender: Sender, reply: (reply: Reply) => void): true | undefined => {
    if (!isCall(message) || message.to !== to) return undefined;
    answer(message, sender).then(reply, (error: unknown) =>
      reply({
        ok: false,
        name: error instanceof Error ? error.name : 'Error',
        message: error instanceof Error ? error.message : String(error),
      }),
    );
    return true;
  };
}
