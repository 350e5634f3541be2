import { useMemo } from 'react';
import { useWritten } from '../language/index.js';
import { useLaws } from './laws.js';

/** The name of a law (`NL`), or of one of its offences (`NL-273f-1-1`) by the law and its number; the code while the laws are on their way. */
export function useLawName(): (ref: string) => string {
  const laws = useLaws();
  const { country } = useWritten();
  return useMemo(() => {
    const labels = new Map(laws.map(({ code, label }) => [code, label]));
    return (ref) => {
      const [code = ref] = ref.split('-');
      const law = isOfACountry(code) ? country(code) : (labels.get(code) ?? code);
      return ref === code ? law : `${law} ${ref.slice(code.length + 1)}`;
    };
  }, [laws, country]);
}

/** Countries are named as the language that is spoken names them; of instruments the hub knows the names. */
function isOfACountry(code: string): boolean {
  return code.length === 2 && code !== 'EU';
}
