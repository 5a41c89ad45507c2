import './silences.css';
import type { Silence } from '@vigie/contract';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { TextArea, TextField } from '../../components/field.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { Card } from '../../components/page.tsx';
import { useSubmit } from '../../components/submit.ts';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { durationText } from '../../i18n/time.ts';
import { useKnownLabels } from './known-labels.ts';
import { instantOf, localTime } from './local-time.ts';
import { type DraftMatcher, MatcherEditor } from './matcher-editor.tsx';
import { SilencePreview } from './silence-preview.tsx';

/** Seconds that are offered as the length of a silence. */
const LENGTHS = [3_600, 14_400, 86_400, 604_800] as const;

/** What a silence is to be. */
export interface SilenceBody {
  matchers: Silence['matchers'];
  starts_at?: string;
  ends_at: string;
  comment: string;
  confirm?: true;
}

interface SilenceFormProps {
  project: string;
  drafts: readonly DraftMatcher[];
  /** One that is changed. */
  before?: Silence;
  action: string;
  save(body: SilenceBody): Promise<void>;
}

/** Writes a silence: what it matches, from when to when, and why; shows what it hides. */
export function SilenceForm({ project, drafts: first, before, action, save }: SilenceFormProps) {
  const t = useT();
  const language = useLanguage();
  const known = useKnownLabels(project);
  const [drafts, setDrafts] = useState(first);
  const [starts, setStarts] = useState(before === undefined ? '' : localTime(new Date(before.starts_at)));
  const [ends, setEnds] = useState(() => localTime(new Date(before?.ends_at ?? Date.now() + 7_200_000)));
  const [comment, setComment] = useState(before?.comment ?? '');
  const [isAsking, setAsking] = useState(false);
  const { busy, errorOf, problem, run } = useSubmit(['matchers', 'starts_at', 'ends_at', 'comment']);
  const matchers = drafts.map(({ matcher }) => matcher).filter(({ name }) => name !== '');

  const submit = (isSure: boolean): void => {
    setAsking(false);
    const startsAt = instantOf(starts);
    const body: SilenceBody = {
      matchers,
      ...(startsAt === null ? {} : { starts_at: startsAt }),
      ends_at: instantOf(ends) ?? '',
      comment,
      ...(isSure ? { confirm: true } : {}),
    };
    void run(async () => {
      try {
        await save(body);
      } catch (error) {
        // It would match everything there is: that is asked about, not refused.
        if (error instanceof ApiError && error.field === 'confirm') setAsking(true);
        else throw error;
      }
    });
  };
  return (
    <Card>
      <form
        className="stack silence-form"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          submit(false);
        }}
      >
        <FormProblem text={problem} />
        <MatcherEditor drafts={drafts} onChange={setDrafts} known={known} error={errorOf('matchers')} />
        <SilencePreview project={project} matchers={matchers} />
        <div className="two-fields">
          <TextField
            type="datetime-local"
            label={t(messages.starts)}
            hint={t(messages.startsHint)}
            value={starts}
            error={errorOf('starts_at')}
            onChange={(event) => setStarts(event.target.value)}
          />
          <TextField
            type="datetime-local"
            label={t(messages.ends)}
            required
            value={ends}
            error={errorOf('ends_at')}
            onChange={(event) => setEnds(event.target.value)}
          />
        </div>
        <fieldset className="row">
          <legend className="unseen">{t(messages.lengths)}</legend>
          {LENGTHS.map((seconds) => (
            <Button
              key={seconds}
              onClick={() => {
                const from = starts === '' ? 0 : new Date(starts).getTime();
                setEnds(localTime(new Date(Math.max(from, Date.now()) + seconds * 1_000)));
              }}
            >
              {durationText(seconds, language, 'long')}
            </Button>
          ))}
        </fieldset>
        <TextArea
          label={t(messages.comment)}
          hint={t(messages.commentHint)}
          required
          rows={2}
          maxLength={4000}
          value={comment}
          error={errorOf('comment')}
          onChange={(event) => setComment(event.target.value)}
        />
        <div className="row">
          <Button type="submit" look="primary" icon="silence" busy={busy}>
            {action}
          </Button>
        </div>
      </form>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t(messages.everything)}
        description={t(messages.everythingHint)}
        action={t(messages.really)}
        onConfirm={() => submit(true)}
      />
    </Card>
  );
}

const messages = defineMessages({
  starts: { en: 'From', fr: 'Du' },
  startsHint: { en: 'Empty: from now.', fr: 'Vide : dès maintenant.' },
  ends: { en: 'Until', fr: 'Au' },
  lengths: { en: 'How long', fr: 'Combien de temps' },
  comment: { en: 'Why', fr: 'Pourquoi' },
  commentHint: { en: 'For who wonders at night.', fr: 'Pour qui se le demandera la nuit.' },
  everything: { en: 'Silence everything?', fr: 'Tout mettre en silence ?' },
  everythingHint: {
    en: 'These conditions match every alert there can be: nobody would be told of anything.',
    fr: 'Ces conditions répondent à toute alerte possible : personne ne serait prévenu de rien.',
  },
  really: { en: 'Silence everything', fr: 'Tout mettre en silence' },
});
