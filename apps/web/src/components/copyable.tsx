import './copyable.css';
import { useState } from 'react';
import { useT } from '../i18n/language.tsx';
import { defineMessages } from '../i18n/messages.ts';
import { Button } from './button.tsx';
import { copyText } from './copy-text.ts';

/** Milliseconds for which the button says that it copied. */
const THANKS = 2_000;

/** A text to take along, e.g. a command or a key, with a button that copies it. */
export function Copyable({ text, label }: { text: string; label: string }) {
  const t = useT();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await copyText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), THANKS);
  };
  return (
    <div className="copyable">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>{text}</pre>
      <Button
        icon={copied ? 'check' : 'copy'}
        onClick={() => void copy()}
        aria-label={`${t(messages.copy)}: ${label}`}
      >
        <span aria-live="polite">{t(copied ? messages.copied : messages.copy)}</span>
      </Button>
    </div>
  );
}

const messages = defineMessages({
  copy: { en: 'Copy', fr: 'Copier' },
  copied: { en: 'Copied', fr: 'Copié' },
});
