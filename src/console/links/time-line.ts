import { daysOf, type StatedEpisode } from '../../protocol/index.js';

/** An episode to be drawn: what its holder stated, and until which day it knew of it, ISO 8601. */
export interface DrawnEpisode {
  readonly stated: StatedEpisode;
  readonly knownUntil: string;
}

/** A part of a lane, from 0 (the left) to 1. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** One episode on the line. What is not stated is null. */
export interface Lane {
  /** In which it may have begun. */
  readonly beginning: Stretch | null;
  /** In which the person was certainly in it, as far as was stated. */
  readonly certain: Stretch | null;
  /** In which the person may have got out. */
  readonly exit: Stretch | null;
  /** Whether nothing tells when it ended: the lane fades out. */
  readonly isOpen: boolean;
}

/** A year on the line, where it begins. */
export interface YearMark {
  readonly year: string;
  readonly at: number;
}

/** Episodes on one line. */
export interface TimeLine {
  readonly lanes: readonly Lane[];
  readonly years: readonly YearMark[];
}

const DAY_MS = 24 * 3600 * 1000;
/** More marks than that run into each other on a small screen. */
const MOST_MARKS = 6;

/** Places episodes on one line; null when no date is stated at all. */
export function timeLine(episodes: readonly DrawnEpisode[]): TimeLine | null {
  const known = episodes.map(({ stated, knownUntil }) => ({
    stated,
    begin: intervalOf(stated.began),
    exit: stated.exit === 'exited' ? intervalOf(stated.exited) : null,
    until: dayNumber(knownUntil.slice(0, 10)),
  }));
  const days = known.flatMap(({ begin, exit }) => [begin, exit].flatMap((one) => (one ? [one.first, one.last] : [])));
  if (days.length === 0) return null;
  const ends = known.flatMap(({ stated, until }) => (stated.exit === 'not-exited' ? [until] : []));
  const [first, last] = [Math.min(...days), Math.max(...days, ...ends)];
  const margin = Math.max(15, (last - first) * 0.06);
  const [left, right] = [first - margin, last + margin];
  const at = (day: number): number => clamp((day - left) / (right - left));
  const lanes = known.map(({ stated, begin, exit, until }): Lane => {
    const from = begin ? begin.last : exit ? left : null;
    const to = exit ? exit.first : stated.exit === 'not-exited' ? Math.max(until, begin?.last ?? until) : null;
    return {
      beginning: begin && { from: at(begin.first), to: at(begin.last) },
      certain: from !== null && to !== null && from < to ? { from: at(from), to: at(to) } : null,
      exit: exit && { from: at(exit.first), to: at(exit.last) },
      isOpen: !exit,
    };
  });
  return { lanes, years: yearMarks(left, right, at) };
}

function yearMarks(left: number, right: number, at: (day: number) => number): readonly YearMark[] {
  const [from, to] = [yearOf(left) + 1, yearOf(right)];
  const step = Math.max(1, Math.ceil((to - from + 1) / MOST_MARKS));
  const years: YearMark[] = [];
  for (let year = from; year <= to; year += step)
    years.push({ year: String(year), at: at(dayNumber(`${year}-01-01`)) });
  return years;
}

/** The first day and the day after the last that a partial date may mean, as numbers. */
function intervalOf(partial: string | undefined): { readonly first: number; readonly last: number } | null {
  const days = partial === undefined ? null : daysOf(partial);
  return days && { first: dayNumber(days.first), last: dayNumber(days.last) + 1 };
}

function dayNumber(iso: string): number {
  return Date.parse(`${iso}T00:00:00Z`) / DAY_MS;
}

function yearOf(day: number): number {
  return new Date(day * DAY_MS).getUTCFullYear();
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
