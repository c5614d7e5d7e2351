'use client';

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';

export interface TaskDrawerState {
  /** null: the list of recent tasks. */
  taskId: string | null;
  isOpen: boolean;
  openTask: (taskId: string) => void;
  openTasks: () => void;
  close: () => void;
}

const TaskDrawerContext = createContext<TaskDrawerState | null>(null);

/** The task drawer: `openTask(id)` shows one task, `openTasks()` the recent ones. */
export function useTaskDrawer(): TaskDrawerState {
  const state = useContext(TaskDrawerContext);
  if (!state) throw new Error('useTaskDrawer outside its provider');
  return state;
}

export function TaskDrawerProvider({ children }: { children: ReactNode }) {
  const [taskId, setTaskId] = useState<string | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const openTask = useCallback((id: string) => {
    setTaskId(id);
    setIsOpen(true);
  }, []);
  const openTasks = useCallback(() => {
    setTaskId(null);
    setIsOpen(true);
  }, []);
  const close = useCallback(() => setIsOpen(false), []);
  const state = useMemo(
    () => ({ taskId, isOpen, openTask, openTasks, close }),
    [taskId, isOpen, openTask, openTasks, close],
  );
  return <TaskDrawerContext value={state}>{children}</TaskDrawerContext>;
}
