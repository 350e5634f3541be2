import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Cursors } from '../../alerts/index.js';
import {
  Anybody,
  Asker,
  Officers,
  type Page,
  type PageArguments,
  pageOf,
  type Principal,
  readPage,
  refused,
  type Refused,
} from '../../graphql/index.js';
import type { PictureCountAnswer } from '../../protocol/picture/index.js';
import { PictureService } from '../picture/picture.service.js';
import { PUBLISHING_ROLES } from './publication-intake.js';
import { PublicationPresenter, type PublicationView } from './publication-presenter.js';
import { PublicationRegister } from './publication-register.js';
import { type PublicationAccepted, PublicationService } from './publication.service.js';

type PublicationResult =
  | (Omit<PublicationAccepted, 'publication'> & {
      readonly __typename: 'PublicationAccepted';
      readonly publication: PublicationView;
      readonly leftOut: () => Promise<PictureCountAnswer>;
    })
  | Refused;

@Resolver()
export class PublicationResolver {
  constructor(
    private readonly publications: PublicationService,
    private readonly register: PublicationRegister,
    private readonly presenter: PublicationPresenter,
    private readonly pictures: PictureService,
    private readonly cursors: Cursors,
  ) {}

  @Query('publications')
  @Anybody()
  async publicationPage(@Args() args: PageArguments & { publisher?: string | null }): Promise<Page<PublicationView>> {
    const page = readPage(args);
    const publisher = args.publisher ?? null;
    const cursors = this.cursors.ofSecrets(JSON.stringify(['publications', publisher]));
    const after = page.after === null ? null : cursors.open(page.after, 'after');
    const before = page.before === null ? null : cursors.open(page.before, 'before');
    const rows = await this.register.page(page, { after, before }, publisher);
    return pageOf(
      page,
      rows,
      ({ position }) => cursors.of(position),
      (row) => this.presenter.show(row),
    );
  }

  @Query('publication')
  @Anybody()
  async publication(@Args('hash') hash: string): Promise<PublicationView | null> {
    const row = await this.register.find(hash);
    return row && this.presenter.show(row);
  }

  @Mutation('publishPicture')
  @Officers({ roles: PUBLISHING_ROLES, purposes: ['monitoring'] })
  async publishPicture(@Asker() asker: Principal, @Args('statement') statement: string): Promise<PublicationResult> {
    try {
      const { publication, ...accepted } = await this.publications.publish(asker, statement);
      return {
        __typename: 'PublicationAccepted',
        ...accepted,
        publication: this.presenter.show(publication),
        leftOut: () => this.pictures.leftOut(asker),
      };
    } catch (error) {
      return refused(error, 'statement');
    }
  }
}
