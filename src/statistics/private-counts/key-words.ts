import type { OntologyService } from '../../ontology/index.js';
import type { NoisyAxis } from '../../protocol/picture/index.js';
import { KeyLabels } from '../picture/key-labels.js';
import type { PictureRequest } from '../picture/picture-request.js';
import type { AxisKey } from './axis.js';
import type { DeclaredDomain } from './declared-domain.js';

const LANGUAGE = 'en';
const VERDICT_WORDS: Readonly<Record<string, string>> = {
  MET: 'met',
  NOT_MET: 'not met',
  UNDETERMINED: 'undetermined',
};

/** The axes of a domain in words, in their order; the verdict comes after what was asked. */
export function axesInWords(
  { by }: Pick<PictureRequest, 'by'>,
  { axes }: DeclaredDomain,
  ontology: OntologyService,
): NoisyAxis[] {
  const labels = new KeyLabels(LANGUAGE, ontology);
  return axes.map(({ keys }, at) => {
    const dimension = by[at];
    const label = (key: AxisKey): string => {
      if (key.state === 'OTHER') return 'other: none of the codes that are listed';
      if (dimension === undefined) return VERDICT_WORDS[key.code ?? ''] ?? 'unknown';
      return labels.of(key.state === 'KNOWN' ? { ...key, dimension } : { state: 'UNKNOWN', dimension });
    };
    return {
      dimension: dimension ?? 'VERDICT',
      keys: keys.map((key) => ({ id: key.code ?? key.state, label: label(key) })),
    };
  });
}
