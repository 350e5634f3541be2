import type { OntologyService } from '../../ontology/index.js';
import { KeyLabels } from './key-labels.js';
import type { PictureKey } from './picture-row.js';

/** A key as it is answered. */
interface KeyView {
  readonly dimension: string;
  readonly state: PictureKey['state'];
  readonly code: string | null;
  readonly label: (asked: { readonly language: string }) => string;
}

/** The keys of one answer. The same few stand in many rows: each is made once, and called by its name once in a language. */
export class KeyViews {
  private readonly views = new Map<PictureKey, KeyView>();
  private readonly labels = new Map<string, KeyLabels>();

  constructor(private readonly ontology: OntologyService) {}

  of(key: PictureKey): KeyView {
    const known = this.views.get(key);
    if (known) return known;
    const names = new Map<string, string>();
    const label = ({ language }: { readonly language: string }): string => {
      const name = names.get(language) ?? this.in(language).of(key);
      names.set(language, name);
      return name;
    };
    const { dimension, state } = key;
    const view = { dimension, state, code: key.state === 'KNOWN' ? key.code : null, label };
    this.views.set(key, view);
    return view;
  }

  private in(language: string): KeyLabels {
    const known = this.labels.get(language) ?? new KeyLabels(language, this.ontology);
    this.labels.set(language, known);
    return known;
  }
}
