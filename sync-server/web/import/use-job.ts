import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { ImportJobView } from '#shared/catalog/calls.ts';
import { failureOf, hq, hqQuery } from '../hq.ts';

/** One import as it goes on at HQ; a broken line is taken up again, a reload changes nothing. */
export function useJob(jobId: string) {
  const queries = useQueryClient();
  const [job, setJob] = useState<ImportJobView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn watches anew
  useEffect(() => {
    const stopped = new AbortController();
    const watch = async () => {
      for (;;) {
        try {
          for await (const view of await hq.catalog.watchImport({ id: jobId }, { signal: stopped.signal })) {
            setError(null);
            setJob(view);
          }
          void queries.invalidateQueries({ queryKey: hqQuery.catalog.imports.key() });
          return;
        } catch (problem) {
          if (stopped.signal.aborted) return;
          setError(problem);
          if (failureOf(problem) === 'refused' || failureOf(problem) === 'signed-out') return;
          await new Promise((resolve) => setTimeout(resolve, 1_500));
        }
      }
    };
    void watch();
    return () => stopped.abort();
  }, [jobId, turn, queries]);
  return { job, error, again: useCallback(() => setTurn((n) => n + 1), []) };
}

/** Whether HQ is at work on it. */
export const isBusy = (job: ImportJobView): boolean => job.state === 'reading' || job.state === 'applying';
