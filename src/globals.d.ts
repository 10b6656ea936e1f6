/**
 * The globals that browsers, Electron's renderer and Node 20 share, as far as `contract`, `domain` and `client` use them.
 * Those folders compile against this file alone: neither the DOM's library nor Node's types are in reach there, so what
 * exists on one platform only cannot slip in. Names and shapes are those of the WHATWG and W3C standards.
 */

interface Event {
  readonly type: string
}
interface MessageEvent<Data = unknown> extends Event {
  readonly data: Data
}
interface CloseEvent extends Event {
  readonly code: number
  readonly reason: string
}

interface ListenerOptions {
  once?: boolean
  signal?: AbortSignal
}
interface EventTarget {
  addEventListener(type: string, listener: (event: Event) => void, options?: ListenerOptions): void
  removeEventListener(type: string, listener: (event: Event) => void): void
  dispatchEvent(event: Event): boolean
}

interface AbortSignal extends EventTarget {
  readonly aborted: boolean
  readonly reason: unknown
  throwIfAborted(): void
}
declare const AbortSignal: {
  abort(reason?: unknown): AbortSignal
  any(signals: Iterable<AbortSignal>): AbortSignal
  timeout(milliseconds: number): AbortSignal
}
interface AbortController {
  readonly signal: AbortSignal
  abort(reason?: unknown): void
}
declare const AbortController: new () => AbortController

interface DOMException extends Error {
  readonly code: number
}
declare const DOMException: new (message?: string, name?: string) => DOMException

interface URLSearchParams {
  get(name: string): string | null
  has(name: string): boolean
  set(name: string, value: string): void
  append(name: string, value: string): void
  toString(): string
}
declare const URLSearchParams: new (init?: string | Record<string, string>) => URLSearchParams
interface URL {
  hash: string
  host: string
  hostname: string
  readonly href: string
  readonly origin: string
  password: string
  pathname: string
  port: string
  protocol: string
  search: string
  readonly searchParams: URLSearchParams
  username: string
  toString(): string
}
declare const URL: {
  new (url: string | URL, base?: string | URL): URL
  canParse(url: string, base?: string): boolean
}

interface TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>
}
declare const TextEncoder: new () => TextEncoder
interface TextDecoder {
  decode(bytes?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string
}
declare const TextDecoder: new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }) => TextDecoder

interface Crypto {
  getRandomValues<Array extends ArrayBufferView>(array: Array): Array
}
declare const crypto: Crypto

interface Performance {
  now(): number
}
declare const performance: Performance

interface Timer {
  readonly [Symbol.toStringTag]?: string
}
declare function setTimeout(callback: () => void, delayMs?: number): Timer
declare function clearTimeout(timer: Timer | undefined): void
declare function setInterval(callback: () => void, delayMs?: number): Timer
declare function clearInterval(timer: Timer | undefined): void
declare function queueMicrotask(callback: () => void): void

interface WebSocketEvents {
  open: Event
  error: Event
  message: MessageEvent
  close: CloseEvent
}
interface WebSocket {
  binaryType: 'arraybuffer' | 'blob'
  readonly bufferedAmount: number
  readonly protocol: string
  readonly readyState: number
  addEventListener<Type extends keyof WebSocketEvents>(
    type: Type,
    listener: (event: WebSocketEvents[Type]) => void,
    options?: ListenerOptions,
  ): void
  removeEventListener<Type extends keyof WebSocketEvents>(
    type: Type,
    listener: (event: WebSocketEvents[Type]) => void,
  ): void
  send(data: string | ArrayBuffer | ArrayBufferView): void
  close(code?: number, reason?: string): void
}
declare const WebSocket: {
  new (url: string | URL, protocols?: string | string[]): WebSocket
  readonly CONNECTING: 0
  readonly OPEN: 1
  readonly CLOSING: 2
  readonly CLOSED: 3
}

interface MessagePortEvents {
  message: MessageEvent
  messageerror: MessageEvent
  close: Event
}
interface MessagePort {
  addEventListener<Type extends keyof MessagePortEvents>(
    type: Type,
    listener: (event: MessagePortEvents[Type]) => void,
    options?: ListenerOptions,
  ): void
  removeEventListener<Type extends keyof MessagePortEvents>(
    type: Type,
    listener: (event: MessagePortEvents[Type]) => void,
  ): void
  postMessage(message: unknown, transfer?: readonly object[]): void
  start(): void
  close(): void
}
interface MessageChannel {
  readonly port1: MessagePort
  readonly port2: MessagePort
}
declare const MessageChannel: new () => MessageChannel
