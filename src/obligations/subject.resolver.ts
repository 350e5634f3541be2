import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../alerts/index.js';
import { Asker, Officers, type Principal, refused, type Refused } from '../graphql/index.js';
import { ObligationPresenter, type ObligationView } from './obligation-presenter.js';
import { SIGNING_ROLES } from './statement-intake.js';
import { SubjectPresenter, type SubjectErasureView } from './subject-presenter.js';
import { SubjectRecords } from './subject-records.js';
import { type SubjectErased, SubjectService } from './subject.service.js';

type SubjectErasureResult =
  | (Omit<SubjectErased, 'erasure' | 'obligations'> & {
      readonly __typename: 'SubjectErased';
      readonly erasure: SubjectErasureView;
      readonly obligations: readonly ObligationView[];
    })
  | Refused;

@Resolver()
export class SubjectResolver {
  constructor(
    private readonly subjects: SubjectService,
    private readonly records: SubjectRecords,
    private readonly presenter: SubjectPresenter,
    private readonly obligations: ObligationPresenter,
  ) {}

  @Query('subjectRecord')
  @Officers({ roles: SIGNING_ROLES })
  async subjectRecord(@Asker() asker: Principal, @Args('alertId') alertId: string) {
    const uuid = uuidOf(alertId);
    const found = uuid === null ? null : await this.records.find(asker, uuid);
    return found && this.presenter.record(asker, alertId, found);
  }

  @Mutation('eraseSubject')
  @Officers({ roles: SIGNING_ROLES })
  async eraseSubject(@Asker() asker: Principal, @Args('statement') statement: string): Promise<SubjectErasureResult> {
    try {
      const { erasure, obligations, ...accepted } = await this.subjects.erase(asker, statement);
      return {
        __typename: 'SubjectErased',
        ...accepted,
        erasure: this.presenter.erasure(erasure),
        obligations: this.obligations.show(asker, obligations),
      };
    } catch (error) {
      return refused(error, 'statement');
    }
  }
}
