import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Rejudging } from '../ontology/index.js';
import { measureTogether } from './measured-together.js';
import { Metrics } from './metrics.js';

/** Watches how far verdicts are brought after changed definitions. A node serves and is ready meanwhile. */
@Injectable()
export class JudgingWatch implements OnModuleInit {
  constructor(
    private readonly rejudging: Rejudging,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    measureTogether(this.metrics.registry, async () => ({ left: await this.rejudging.left() }), [
      [
        'symbolon_cases_to_judge',
        'Distinct sets of facts without a verdict under each of this node’s definitions.',
        ({ left }) => left,
      ],
    ]);
  }
}
