/** Copy buttons. A page opened from disk may not have the clipboard of newer browsers; the old way is there for that. */
import { t } from '../../../texts/texts.js';
import { around, the } from './elements.js';

const SHOWN_MS = 2000;

export function copyButtons(): void {
  document.addEventListener('click', (event) => {
    const button = around<HTMLButtonElement>(event, 'button.copy');
    const command = button?.parentElement?.querySelector('code')?.textContent;
    if (button && command !== undefined && command !== null) void copy(command, button);
  });
}

async function copy(text: string, button: HTMLButtonElement): Promise<void> {
  const isCopied = await written(text);
  const word = isCopied ? t`Copied` : t`Select it and press Ctrl+C`;
  const before = t`Copy`;
  button.textContent = word;
  the('#said').textContent = word;
  setTimeout(() => {
    button.textContent = before;
    the('#said').textContent = '';
  }, SHOWN_MS);
}

async function written(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

function copiedBySelection(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'hidden';
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
