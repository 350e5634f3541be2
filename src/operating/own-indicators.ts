import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, isMigrated } from '../database/index.js';
import { HUB_IDENTITY, type HubIdentity, signNatively } from '../identity/index.js';
import { Closure } from './closure.js';
import { Draining } from './draining.js';
import { Readiness } from './readiness.js';

const APP_ROLE = 'symbolon_app';

/** What every node needs, whatever its capabilities. */
@Injectable()
export class OwnIndicators implements OnModuleInit {
  constructor(
    private readonly readiness: Readiness,
    private readonly draining: Draining,
    private readonly closure: Closure,
    private readonly database: Database,
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
  ) {}

  onModuleInit(): void {
    this.readiness.addInstant('node', () => this.standing());
    this.readiness.add({ name: 'database', silent: 'DATABASE_UNREACHABLE', check: () => this.checkDatabase() });
    this.readiness.add({ name: 'migrations', silent: 'MIGRATIONS_INCOMPLETE', check: () => this.checkMigrations() });
    this.readiness.add({ name: 'signing-key', silent: 'SIGNING_KEY_UNUSABLE', check: () => this.checkSigningKey() });
  }

  private standing(): string | null {
    if (this.draining.isDraining) return 'DRAINING';
    return this.closure.isClosed ? 'HUB_CLOSED' : null;
  }

  private async checkDatabase(): Promise<string | null> {
    const [answer] = await this.database.query<{ role: string }>('SELECT current_user AS role');
    return answer?.role === APP_ROLE ? null : 'DATABASE_ROLE_WRONG';
  }

  private async checkMigrations(): Promise<string | null> {
    return (await isMigrated((sql) => this.database.query(sql))) ? null : 'MIGRATIONS_INCOMPLETE';
  }

  private checkSigningKey(): null {
    signNatively({}, this.hub.signingKey, 'readiness+jwt');
    return null;
  }
}
