import {
  CirclePause,
  CirclePlay,
  CirclePower,
  CircleStop,
  Play,
  RotateCcw,
  RotateCw,
  Trash2,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { VmAction } from './vm-actions.ts';

export const VM_ACTION_ICONS: Record<VmAction, ReactNode> = {
  'vm.start': <Play size={14} />,
  'vm.shutdown': <CirclePower size={14} />,
  'vm.reboot': <RotateCw size={14} />,
  'vm.suspend': <CirclePause size={14} />,
  'vm.resume': <CirclePlay size={14} />,
  'vm.stop': <CircleStop size={14} />,
  'vm.reset': <RotateCcw size={14} />,
  'vm.delete': <Trash2 size={14} />,
};
