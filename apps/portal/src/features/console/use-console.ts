'use client';

import { useMutation } from '@tanstack/react-query';
import type { VmView } from '@vireo/contracts';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useTRPC } from '@/data/trpc.tsx';
import { failureOf } from '@/data/vireo-failure.ts';
import {
  ConsoleConnection,
  type ConsoleFacts,
  type ConsolePhase,
  reasonOfErrorCode,
} from './console-connection.ts';
import { type LiveScreen, showScreen } from './show-screen.ts';

export interface ConsoleSettings {
  isViewOnly: boolean;
  isScaled: boolean;
}

export interface Console {
  containerRef: RefObject<HTMLDivElement | null>;
  phase: ConsolePhase;
  /** What the screen showed last, while it is not connected. */
  lastPicture: string | null;
  /** null while there is no live screen. */
  screen: LiveScreen | null;
  retry(): void;
}

function factsOf(vm: VmView): ConsoleFacts {
  return {
    state: vm.state,
    hostConnection: vm.hostConnection,
    hasGraphics: vm.hardware.graphics.kind !== 'none',
  };
}

/** Keeps the VM's screen in `containerRef` through reboots and power cycles. */
export function useConsole(vm: VmView, settings: ConsoleSettings): Console {
  const trpc = useTRPC();
  const { mutateAsync: openConsole } = useMutation(trpc.vm.openConsole.mutationOptions());
  const containerRef = useRef<HTMLDivElement>(null);
  const [phase, setPhase] = useState<ConsolePhase>({ kind: 'connecting' });
  const [lastPicture, setLastPicture] = useState<string | null>(null);
  const [screen, setScreen] = useState<LiveScreen | null>(null);
  const connectionRef = useRef<ConsoleConnection | null>(null);
  const facts = useMemo(() => factsOf(vm), [vm]);
  const factsRef = useRef(facts);
  const settingsRef = useRef(settings);

  useEffect(() => {
    const connection = new ConsoleConnection(
      {
        openTicket: () => openConsole({ id: vm.id }),
        showScreen: async (path, events) => {
          const container = containerRef.current;
          if (!container) throw new Error('the console was taken off the page');
          const shown = await showScreen({
            container,
            path,
            ...settingsRef.current,
            onConnected: () => {
              setScreen(shown);
              events.onConnected();
            },
            onClosed: (reason, picture) => {
              if (picture) setLastPicture(picture);
              setScreen(null);
              events.onClosed(reason);
            },
          });
          return shown;
        },
        reasonOfError: (error) => reasonOfErrorCode(failureOf(error).code),
        after: (ms, action) => {
          const timer = setTimeout(action, ms);
          return () => clearTimeout(timer);
        },
        onPhase: setPhase,
      },
      factsRef.current,
    );
    connectionRef.current = connection;
    connection.start();
    return () => {
      connection.stop();
      setScreen(null);
    };
  }, [vm.id, openConsole]);

  useEffect(() => {
    factsRef.current = facts;
    connectionRef.current?.update(facts);
  }, [facts]);

  useEffect(() => {
    settingsRef.current = settings;
    screen?.setViewOnly(settings.isViewOnly);
    screen?.setScaled(settings.isScaled);
  }, [screen, settings]);

  return { containerRef, phase, lastPicture, screen, retry: () => connectionRef.current?.retryNow() };
}
