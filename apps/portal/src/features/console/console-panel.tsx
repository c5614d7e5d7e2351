'use client';

import type { VmView } from '@vireo/contracts';
import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { ConsoleNotice } from './console-notice.tsx';
import { ConsoleStatus } from './console-status.tsx';
import { ConsoleToolbar } from './console-toolbar.tsx';
import { MODIFIERS } from './key-stroke.ts';
import { useConsole } from './use-console.ts';
import { useFullScreen } from './use-full-screen.ts';

/** A VM's screen with its toolbar. The keyboard goes to the VM after a click, and comes back by Ctrl+Alt+Shift. */
export function ConsolePanel({ vm, isOwnWindow = false }: { vm: VmView; isOwnWindow?: boolean }) {
  const t = useTranslations('console');
  const [isViewOnly, setIsViewOnly] = useState(false);
  const [isScaled, setIsScaled] = useState(true);
  const [hasKeyboard, setHasKeyboard] = useState(false);
  const settings = useMemo(() => ({ isViewOnly, isScaled }), [isViewOnly, isScaled]);
  const { containerRef, phase, lastPicture, screen, retry } = useConsole(vm, settings);
  const fullScreen = useFullScreen();
  const typeButtonRef = useRef<HTMLButtonElement>(null);

  const loseKeyboard = () => {
    setHasKeyboard(false);
    for (const key of MODIFIERS) screen?.sendKey({ ...key, isDown: false });
  };
  const leaveByKeys = (event: KeyboardEvent) => {
    if (!(event.ctrlKey && event.altKey && event.shiftKey)) return;
    if (!['Control', 'Alt', 'Shift', 'Meta'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    screen?.blur();
    typeButtonRef.current?.focus();
  };
  return (
    <div
      className={clsx(
        'flex min-h-0 flex-1 flex-col bg-sunken',
        fullScreen.isOn && 'fixed inset-0 z-40 bg-canvas',
      )}
    >
      <ConsoleToolbar
        vm={vm}
        screen={screen}
        settings={settings}
        onViewOnly={setIsViewOnly}
        onScaled={setIsScaled}
        fullScreen={fullScreen}
        isOwnWindow={isOwnWindow}
        typeButtonRef={typeButtonRef}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: no element means "the screen of another machine" */}
      <div
        role="group"
        aria-label={t('screen', { name: vm.name })}
        className="relative min-h-0 flex-1 overflow-hidden bg-[#0b1016]"
        onKeyDownCapture={leaveByKeys}
        onFocus={() => setHasKeyboard(true)}
        onBlur={loseKeyboard}
      >
        {phase.kind !== 'connected' && lastPicture && (
          // biome-ignore lint/performance/noImgElement: a data URL of this moment
          <img
            src={lastPicture}
            alt={t('lastPicture')}
            className={clsx(
              'absolute inset-0 m-auto opacity-35 grayscale',
              isScaled && 'size-full object-contain',
            )}
          />
        )}
        <div
          ref={containerRef}
          data-testid="console-screen"
          className={clsx('absolute inset-0 overflow-auto', phase.kind !== 'connected' && 'invisible')}
        />
        {phase.kind !== 'connected' && <ConsoleNotice vm={vm} phase={phase} onRetry={retry} />}
      </div>
      <ConsoleStatus phase={phase} hasKeyboard={hasKeyboard} isViewOnly={isViewOnly} />
    </div>
  );
}
