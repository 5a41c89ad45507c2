import { MailParser, type MessageText } from 'mailparser';
import { htmlText } from './html-text.ts';

/** What the filters of a check look at. */
export interface MailText {
  subject: string;
  /** The plain form, then the words of the HTML form. */
  text: string;
}

/** Characters of the subject, and of each form of the text, that are looked at. */
const TEXT_LENGTH = 1_048_576;

/**
 * Decoded subject and text of a message.
 * @throws what the parser throws; some of that outside of any promise: see `MailReader`.
 */
export async function mailText(raw: Uint8Array): Promise<MailText> {
  const parser = new MailParser({
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
  });
  const found: MailText = { subject: '', text: '' };
  await new Promise<void>((resolve, reject) => {
    parser.on('headers', (headers) => {
      found.subject = String(headers.get('subject') ?? '').slice(0, TEXT_LENGTH);
    });
    parser.on('data', (part) => {
      if (part.type === 'text') found.text = words(part);
      else part.release();
    });
    parser.on('error', reject);
    parser.on('end', resolve);
    parser.end(raw);
  });
  return found;
}

function words(part: MessageText): string {
  const plain = (part.text ?? '').slice(0, TEXT_LENGTH);
  const html = typeof part.html === 'string' ? htmlText(part.html.slice(0, TEXT_LENGTH)) : '';
  return [plain, html].filter((text) => text !== '').join('\n');
}
