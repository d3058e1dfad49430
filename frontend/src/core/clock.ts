/** The house's time on a machine whose own clock may be wrong: heard from the server, kept between boots, and
    counted with the browser's monotonic clock, so that nobody turning the machine's clock moves it. */

/** What a screen knows of the time when it starts. */
export interface Remembered {
  /** ms this machine's clock is ahead of the house's, as last known. */
  skew: number;
  /** The last moment this screen lived through, house's time. Time does not go back. */
  lived: number;
}

/** Both clocks of a machine, in ms. Tests bring their own. */
export interface Machine {
  wall: () => number;
  steady: () => number;
}

const BROWSER: Machine = { wall: () => Date.now(), steady: () => performance.now() };
/** A Date header has whole seconds: on average it is half a second old. */
const HALF_A_SECOND = 500;
/** Nearer than this the clock is not touched: headers jitter. */
const NEAR = 1_500;

export class Clock {
  /** House's time when the steady clock stood at #mark. */
  #base: number;
  #mark: number;
  /** Whether the house has told the time since this page was opened. */
  heard = false;

  constructor(remembered: Remembered | null = null, private readonly machine: Machine = BROWSER) {
    const { skew = 0, lived = 0 } = remembered ?? {};
    this.#mark = machine.steady();
    this.#base = Math.max(machine.wall() - skew, lived);
  }

  now(): number {
    return this.at(this.machine.steady());
  }

  /** The house's time of a steady moment of this page, by what is known now. */
  at(steady: number): number {
    return this.#base + (steady - this.#mark);
  }

  steady(): number {
    return this.machine.steady();
  }

  /** This will take the time from an answer's Date header; one without a date changes nothing. */
  hear(dateHeader: string | null): void {
    const said = dateHeader ? Date.parse(dateHeader) + HALF_A_SECOND : Number.NaN;
    if (Number.isNaN(said)) return;
    this.heard = true;
    const steady = this.machine.steady();
    if (Math.abs(said - this.at(steady)) < NEAR) return;
    this.#base = said;
    this.#mark = steady;
  }

  /** ms this machine's clock is ahead of the house's. */
  get skew(): number {
    return Math.round(this.machine.wall() - this.now());
  }

  remember(): Remembered {
    return { skew: this.skew, lived: this.now() };
  }
}
