/** Sleep of one loop, from which others can wake it. A call that comes while it is awake is not forgotten: the next sleep is none. */
export class Doze {
  private woken = false;
  private getUp: () => void = () => undefined;

  readonly wake = (): void => {
    this.woken = true;
    this.getUp();
  };

  /** Sleeps for so many milliseconds, or until it is woken. */
  async upTo(milliseconds: number): Promise<void> {
    if (!this.woken && milliseconds > 0) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.getUp = resolve;
        timer = setTimeout(resolve, milliseconds).unref();
      });
      clearTimeout(timer);
    }
    this.woken = false;
  }
}
