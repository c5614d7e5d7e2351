'use client';

import { useEffect, useState } from 'react';

/** `value` once it has not changed for `ms`: what is typed is not asked about key by key. */
export function useSettled<Value>(value: Value, ms: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
