/** Which block draws which kind of content. */

import type { Kind } from "../../core/playing/manifest";
import type { Turn } from "../../core/playing/schedule";
import { courses, programme } from "./programme";
import type { Draw, Sight } from "./sight";
import { vacancies } from "./vacancies";
import { emergency, image, notice, policy } from "./words";

const BLOCKS: Record<Kind, Draw> = { vacancies, programme, courses, policy, notice, image };

/** This will draw a turn; null when it has nothing to show now. */
export function drawn(turn: Turn, sight: Sight): HTMLElement | null {
  return turn.interrupt ? emergency(turn, sight) : BLOCKS[turn.item.kind](turn, sight);
}
