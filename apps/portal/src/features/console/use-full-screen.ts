'use client';

import { useEffect, useState } from 'react';

export interface FullScreen {
  isOn: boolean;
  toggle(): void;
}

/** Chromium's Keyboard Lock: while full screen, Esc and Alt-Tab reach the page (holding Esc still leaves). */
interface KeyboardLock {
  lock(): Promise<void>;
}
const canLock = (keyboard: unknown): keyboard is KeyboardLock =>
  typeof keyboard === 'object' &&
  keyboard !== null &&
  'lock' in keyboard &&
  typeof keyboard.lock === 'function';

async function enter(): Promise<void> {
  await document.documentElement.requestFullscreen();
  const keyboard: unknown = Reflect.get(navigator, 'keyboard');
  if (canLock(keyboard)) await keyboard.lock();
}

/**
 * Full screen of the whole document: menus and dialogs live at its end, and in a full-screen part of the page they
 * could not be seen. Whoever uses this covers the page while `isOn`.
 */
export function useFullScreen(): FullScreen {
  const [isOn, setIsOn] = useState(false);
  useEffect(() => {
    const onChange = () => setIsOn(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', onChange);
    return () => document.removeEventListener('fullscreenchange', onChange);
  }, []);
  return {
    isOn,
    toggle: () => {
      const turn = document.fullscreenElement ? document.exitFullscreen() : enter();
      turn.catch((error: unknown) => console.warn('full screen was refused', error));
    },
  };
}
