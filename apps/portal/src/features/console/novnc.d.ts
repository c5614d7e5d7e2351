/** What we use of noVNC 1.7, which ships no types. See its `docs/API.md`. */
declare module '@novnc/novnc' {
  interface RfbEvents {
    connect: CustomEvent<Record<string, never>>;
    disconnect: CustomEvent<{ clean: boolean }>;
    securityfailure: CustomEvent<{ status: number; reason?: string }>;
    credentialsrequired: CustomEvent<{ types: string[] }>;
  }

  export default class RFB {
    constructor(
      target: HTMLElement,
      channel: WebSocket,
      options?: { shared?: boolean; wsProtocols?: string[] },
    );
    scaleViewport: boolean;
    clipViewport: boolean;
    viewOnly: boolean;
    focusOnClick: boolean;
    showDotCursor: boolean;
    background: string;
    qualityLevel: number;
    compressionLevel: number;
    addEventListener<Name extends keyof RfbEvents>(
      name: Name,
      listener: (event: RfbEvents[Name]) => void,
    ): void;
    disconnect(): void;
    /** `isDown` absent: pressed and let go. `code` is a KeyboardEvent.code. */
    sendKey(keysym: number, code: string, isDown?: boolean): void;
    focus(): void;
    blur(): void;
    toDataURL(type?: string): string;
    toBlob(callback: (blob: Blob | null) => void, type?: string): void;
  }
}
