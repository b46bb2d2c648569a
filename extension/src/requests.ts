// Requests by their names alone: the client library, which takes longer to load than all of ours, is loaded after the extension is active.
import type { NotificationType, RequestType } from 'vscode-languageclient/node';

/** A request with the types of its parameters and its result. The library takes a name where it takes a type; only TypeScript wants more. */
export const request = <P, R, E = void>(method: string): RequestType<P, R, E> => method as unknown as RequestType<P, R, E>;

/** A notification likewise. */
export const notification = <P>(method: string): NotificationType<P> => method as unknown as NotificationType<P>;
