'use client';

import type { VmView } from '@vireo/contracts';
import { Button, IconButton } from '@vireo/ui/button';
import { Menu, type MenuItem } from '@vireo/ui/menu';
import {
  Camera,
  ClipboardPaste,
  ExternalLink,
  Eye,
  Keyboard,
  Maximize,
  Minimize,
  Power,
  Scaling,
  Type,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type RefObject, useState } from 'react';
import { downloadUrl } from '../task/download-text.ts';
import { useVmActions } from '../vm/use-vm-actions.tsx';
import { KEY_MENU, type KeyMenuEntry } from './key-menu.ts';
import { keyEventsOf } from './key-stroke.ts';
import { PasteDialog } from './paste-dialog.tsx';
import type { LiveScreen } from './show-screen.ts';
import type { ConsoleSettings } from './use-console.ts';
import type { FullScreen } from './use-full-screen.ts';

export interface ConsoleToolbarProps {
  vm: VmView;
  screen: LiveScreen | null;
  settings: ConsoleSettings;
  onViewOnly: (isViewOnly: boolean) => void;
  onScaled: (isScaled: boolean) => void;
  fullScreen: FullScreen;
  isOwnWindow: boolean;
  typeButtonRef: RefObject<HTMLButtonElement | null>;
}

/** Everything that can be done with a screen but typing into it. */
export function ConsoleToolbar({
  vm,
  screen,
  settings,
  onViewOnly,
  onScaled,
  fullScreen,
  isOwnWindow,
  typeButtonRef,
}: ConsoleToolbarProps) {
  const t = useTranslations('console');
  const actions = useVmActions();
  const [isPasting, setIsPasting] = useState(false);
  const noScreen = screen ? null : t('reasons.noScreen');
  const noTyping = noScreen ?? (settings.isViewOnly ? t('viewOnlyOn') : null);

  const press = (entry: KeyMenuEntry) => {
    for (const event of keyEventsOf(entry.stroke)) screen?.sendKey(event);
  };
  const keyItem = (entry: KeyMenuEntry, isSeparated: boolean): MenuItem => ({
    id: entry.id,
    label: entry.label,
    isSeparated,
    disabledReason: noTyping,
    onSelect: () => press(entry),
  });
  const saveScreenshot = () => {
    if (!screen) return;
    const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
    downloadUrl(t('screenshotName', { name: vm.name, time }), screen.picture());
  };
  const windowPath = `/vms/${vm.id}/console`;
  return (
    <div
      role="toolbar"
      aria-label={t('toolbar')}
      className="flex flex-wrap items-center gap-1 border-b border-line bg-surface px-2 py-1"
    >
      <Button
        ref={typeButtonRef}
        size="small"
        icon={<Type size={14} />}
        disabledReason={noTyping}
        onClick={() => screen?.focus()}
      >
        {t('type')}
      </Button>
      <Menu
        header={t('keysHint')}
        trigger={
          <Button size="small" look="quiet" icon={<Keyboard size={14} />}>
            {t('keys')}
          </Button>
        }
        items={[
          ...KEY_MENU.combinations.map((entry) => keyItem(entry, false)),
          ...KEY_MENU.terminals.map((entry, index) => keyItem(entry, index === 0)),
        ]}
      />
      <Button
        size="small"
        look="quiet"
        icon={<ClipboardPaste size={14} />}
        disabledReason={noTyping}
        onClick={() => setIsPasting(true)}
      >
        {t('paste')}
      </Button>
      <Menu
        trigger={
          <Button size="small" look="quiet" icon={<Power size={14} />}>
            {t('power')}
          </Button>
        }
        items={actions.menuItems(vm).filter((item) => item.id !== 'vm.delete')}
      />
      <span className="flex-1" />
      <IconButton
        size="small"
        label={t('viewOnly')}
        aria-pressed={settings.isViewOnly}
        className={settings.isViewOnly ? '!bg-selected' : ''}
        icon={<Eye size={15} />}
        onClick={() => onViewOnly(!settings.isViewOnly)}
      />
      <IconButton
        size="small"
        label={t(settings.isScaled ? 'scaleOne' : 'scaleFit')}
        aria-pressed={settings.isScaled}
        icon={<Scaling size={15} />}
        onClick={() => onScaled(!settings.isScaled)}
      />
      <IconButton
        size="small"
        label={t('screenshot')}
        disabledReason={noScreen}
        icon={<Camera size={15} />}
        onClick={saveScreenshot}
      />
      <IconButton
        size="small"
        label={t(fullScreen.isOn ? 'leaveFullScreen' : 'fullScreen')}
        icon={fullScreen.isOn ? <Minimize size={15} /> : <Maximize size={15} />}
        onClick={fullScreen.toggle}
      />
      {!isOwnWindow && (
        <IconButton
          size="small"
          label={t('ownWindow')}
          icon={<ExternalLink size={15} />}
          onClick={() => window.open(windowPath, `vireo-console-${vm.id}`, 'popup,width=1040,height=880')}
        />
      )}
      {isPasting && screen && (
        <PasteDialog vmName={vm.name} screen={screen} onClose={() => setIsPasting(false)} />
      )}
      {actions.dialog}
    </div>
  );
}
