import type { Page } from 'playwright-core';

/** What has the focus: its name as assistive technology has it, and what it is. */
interface Focused {
  readonly name: string;
  readonly tag: string;
}

/** Somebody who has no mouse: moves with Tab and the arrows, and hears what has the focus. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  /** Goes on with Tab until what has the focus is named so. Fails when it is not met on the way around the page. */
  async goTo(name: RegExp): Promise<void> {
    for (let presses = 0; presses < 120; presses++) {
      if (name.test((await this.focused()).name)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`${String(name)} is not to be reached by Tab`);
  }

  /** Goes there and presses it. */
  async press(name: RegExp): Promise<void> {
    await this.goTo(name);
    await this.page.keyboard.press((await this.focused()).tag === 'A' ? 'Enter' : 'Space');
  }

  /** Chooses one of a group of radio buttons: Tab leads to the group, the arrows lead through it. */
  async choose(group: RegExp, name: RegExp): Promise<void> {
    for (let presses = 0; presses < 120; presses++) {
      const isInGroup = await this.page.evaluate(
        (source) =>
          document.activeElement instanceof HTMLInputElement &&
          document.activeElement.type === 'radio' &&
          new RegExp(source).test(
            document.activeElement.closest('fieldset')?.querySelector('legend')?.textContent ?? '',
          ),
        group.source,
      );
      if (isInGroup) break;
      await this.page.keyboard.press('Tab');
    }
    await this.page.keyboard.press('Space');
    for (let presses = 0; presses < 40; presses++) {
      if (name.test((await this.focused()).name)) return;
      await this.page.keyboard.press('ArrowDown');
    }
    throw new Error(`${String(name)} is not to be reached by the arrows`);
  }

  /** Goes to a field and writes. In a list that opens, writing goes to what begins so. */
  async write(field: RegExp, text: string): Promise<void> {
    await this.goTo(field);
    await this.page.keyboard.type(text);
    if ((await this.focused()).tag === 'SELECT') await this.page.keyboard.press('Enter');
  }

  private focused(): Promise<Focused> {
    return this.page.evaluate(() => {
      const element = document.activeElement;
      const labels =
        element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? element.labels : null;
      const name = element?.getAttribute('aria-label') ?? [...(labels ?? [])].map((one) => one.textContent).join(' ');
      return { name: (name || (element?.textContent ?? '')).trim(), tag: element?.tagName ?? '' };
    });
  }
}
