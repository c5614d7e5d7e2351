import type RFB from '@novnc/novnc';
import { type ClosedReason, reasonOfCloseCode, type Screen } from './console-connection.ts';
import type { KeyEvent } from './key-stroke.ts';

/** A VM's screen on the page, while its socket is open. */
export interface LiveScreen extends Screen {
  sendKey(event: KeyEvent): void;
  focus(): void;
  blur(): void;
  setViewOnly(isViewOnly: boolean): void;
  setScaled(isScaled: boolean): void;
  /** The picture as it is now, as a data URL. */
  picture(): string;
}

export interface ShowScreenOptions {
  container: HTMLElement;
  /** Path on this origin, with the ticket in it. */
  path: string;
  isViewOnly: boolean;
  isScaled: boolean;
  onConnected(): void;
  /** `lastPicture`: what was on the screen last, as a data URL. */
  onClosed(reason: ClosedReason, lastPicture: string | null): void;
}

function socketUrl(path: string): string {
  const url = new URL(path, window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

/** The screen was never shown, or noVNC gives no picture of it (an empty frame buffer). */
function pictureOf(rfb: RFB): string | null {
  const picture = rfb.toDataURL('image/png');
  return picture.startsWith('data:image/png;base64,') ? picture : null;
}

/**
 * Connects noVNC over a WebSocket of our own, because noVNC hides the close code that says why a screen ended.
 * noVNC is loaded when the first screen is shown: no other page pays for it.
 */
export async function showScreen(options: ShowScreenOptions): Promise<LiveScreen> {
  const { default: Rfb } = await import('@novnc/novnc');
  const socket = new WebSocket(socketUrl(options.path), ['binary']);
  const rfb = new Rfb(options.container, socket, { shared: true });
  rfb.scaleViewport = options.isScaled;
  rfb.viewOnly = options.isViewOnly;
  rfb.focusOnClick = true;
  rfb.showDotCursor = true;
  rfb.background = 'transparent';
  // The host is near: spend bandwidth, not its processor.
  rfb.qualityLevel = 8;
  rfb.compressionLevel = 1;

  let wasShown = false;
  let isOver = false;
  let isDisconnected = false;
  const end = (reason: ClosedReason): void => {
    if (isOver) return;
    isOver = true;
    options.onClosed(reason, wasShown ? pictureOf(rfb) : null);
  };
  rfb.addEventListener('connect', () => {
    wasShown = true;
    options.onConnected();
  });
  rfb.addEventListener('disconnect', () => {
    isDisconnected = true;
  });
  socket.addEventListener('close', (event) => end(reasonOfCloseCode(event.code)));
  rfb.addEventListener('securityfailure', () => end('noScreen'));
  rfb.addEventListener('credentialsrequired', () => end('noScreen'));

  return {
    close: () => {
      isOver = true;
      if (!isDisconnected) rfb.disconnect();
    },
    sendKey: ({ keysym, code, isDown }) => rfb.sendKey(keysym, code, isDown),
    focus: () => rfb.focus(),
    blur: () => rfb.blur(),
    setViewOnly: (isViewOnly) => {
      rfb.viewOnly = isViewOnly;
    },
    setScaled: (isScaled) => {
      rfb.scaleViewport = isScaled;
    },
    picture: () => rfb.toDataURL('image/png'),
  };
}
