import { PICTURE, PICTURE_TABLE, type PictureAnswer } from '../../member/documents/index.js';
import type { PictureQuestion, PictureTableAnswer } from '../../protocol/picture/index.js';
import { useAsk } from '../session/index.js';

/** What came of a question. The former answer stays until the next is here. */
export interface Answered<T> {
  readonly question: PictureQuestion;
  readonly answer: T | null;
  /** Whether the answer is that to the question of before, while the next is on its way. */
  readonly isFormer: boolean;
  readonly error: Error | null;
  readonly again: () => void;
}

/** Asks for a table of the picture. Rows of which nothing is shown are told together. */
export function usePictureTable(question: PictureQuestion, enabled = true): Answered<PictureTableAnswer> {
  const { data, error, refetch, isPlaceholderData } = useAsk<{ picture: PictureTableAnswer }>(
    PICTURE_TABLE,
    { ...question, fill: false },
    { enabled, keepsFormer: true },
  );
  return {
    question,
    answer: readable(question, data?.picture ?? null, isPlaceholderData),
    isFormer: isPlaceholderData,
    error,
    again: () => void refetch(),
  };
}

/** Asks for the whole with its verdicts, what changes between laws, and what would settle most. */
export function usePicture(question: PictureQuestion): Answered<PictureAnswer> {
  const { data, error, refetch, isPlaceholderData } = useAsk<{ picture: PictureAnswer }>(
    PICTURE,
    { ...question, fill: false },
    { keepsFormer: true },
  );
  return {
    question,
    answer: readable(question, data?.picture ?? null, isPlaceholderData),
    isFormer: isPlaceholderData,
    error,
    again: () => void refetch(),
  };
}

/** A former answer is of use only when it answers the same shape of question. */
function readable<T extends PictureTableAnswer>(
  question: PictureQuestion,
  answer: T | null,
  isFormer: boolean,
): T | null {
  if (!answer || !isFormer) return answer;
  const laws = answer.verdicts.map(({ under }) => under).join();
  const by = answer.rows[0]?.keys.map(({ dimension }) => dimension).join();
  return laws === question.under.join() && (by === undefined || by === question.by.join()) ? answer : null;
}
