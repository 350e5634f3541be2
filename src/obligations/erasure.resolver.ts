import { Args, Query, Resolver } from '@nestjs/graphql';
import { Database } from '../database/index.js';
import {
  Asker,
  Officers,
  type Page,
  type PageArguments,
  pageOf,
  type PageRequest,
  type Principal,
  readPage,
} from '../graphql/index.js';
import type { ErasureRunBody } from '../protocol/index.js';
import { PlaceCursors } from './place-cursors.js';

interface ErasureRunRow extends ErasureRunBody {
  /** Its place in the log. */
  readonly position: string;
  readonly at: Date;
  readonly statement: string;
}

@Resolver()
export class ErasureResolver {
  constructor(
    private readonly database: Database,
    private readonly cursors: PlaceCursors,
  ) {}

  @Query('erasureRuns')
  @Officers()
  async erasureRuns(@Asker() asker: Principal, @Args() args: PageArguments): Promise<Page<ErasureRunRow>> {
    const page = readPage(args);
    const cursors = this.cursors.of(page, ['erasureRuns', asker.member]);
    const rows = await this.page(page, cursors.between);
    return pageOf(
      page,
      rows,
      ({ position }) => cursors.at(position),
      (row) => row,
    );
  }

  private page(
    { size, backward }: PageRequest,
    { after, before }: { readonly after: string | null; readonly before: string | null },
  ): Promise<ErasureRunRow[]> {
    const text = `
      SELECT position, at, alerts, statements, links, statement FROM erasure_run
      WHERE ($1::bigint IS NULL OR position < $1) AND ($2::bigint IS NULL OR position > $2)
      ORDER BY position ${backward ? 'ASC' : 'DESC'} LIMIT ${size + 1}`;
    return this.database.query<ErasureRunRow>(text, [after, before]);
  }
}
