const BETWEEN_REPORTS_MS = 500;

/**
 * Reads the percentages that `qemu-img -p` prints (`    (12.50/100%)`, parted by carriage returns), and reports at most
 * two of them per second.
 */
export function progressReader(report: (percent: number) => void, now: () => number = Date.now) {
  let rest = '';
  let reportedAt = Number.NEGATIVE_INFINITY;
  let reported = -1;
  return (chunk: string): void => {
    rest = (rest + chunk).slice(-200);
    const percents = [...rest.matchAll(/\((\d{1,3}(?:\.\d+)?)\/100%\)/g)];
    const last = percents.at(-1);
    if (!last) return;
    const percent = Math.min(100, Math.floor(Number(last[1])));
    if (percent === reported || now() - reportedAt < BETWEEN_REPORTS_MS) return;
    reported = percent;
    reportedAt = now();
    report(percent);
  };
}
