import './check-row.css';
import { Link } from '@tanstack/react-router';
import type { Channel, Check } from '@vigie/contract';
import { memo, useEffect, useRef } from 'react';
import { type CheckActions, nameOf } from '../../components/check-actions.ts';
import type { RunStore } from '../../components/run-store.ts';
import { RunStrip } from '../../components/run-strip.tsx';
import { StatusMark } from '../../components/status.tsx';
import { useStatusNow } from '../../components/status-now.ts';
import { Ago } from '../../components/time.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { ChannelToggles } from './channel-toggles.tsx';
import { RowMenu } from './row-menu.tsx';
import { scheduleWords } from './schedule-words.ts';

/** What all rows share; it stays the same while one scrolls. */
export interface RowSetting {
  actions: CheckActions;
  channels: readonly Channel[];
  runs: RunStore;
  mayChange: boolean;
  select(id: string, isRange: boolean): void;
  /** Shows only checks with a tag too. */
  chooseTag(tag: string): void;
  /** The focus is in this row now: keys go on from here. */
  arrive(index: number): void;
}

interface CheckRowProps {
  check: Check;
  index: number;
  /** Pixels from the top of the list. */
  top: number;
  isSelected: boolean;
  /** Goes up each time the keys come to this row, which takes the focus then; 0 = they are elsewhere. */
  turn: number;
  setting: RowSetting;
}

/** A check of the list: a row, on a phone a card. */
export const CheckRow = memo(function CheckRow(props: CheckRowProps) {
  const { check, index, top, isSelected, turn, setting } = props;
  const t = useT();
  const status = useStatusNow(check);
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (turn > 0) link.current?.focus({ preventScroll: true });
  }, [turn]);
  const name = nameOf(check);
  return (
    <tr
      aria-rowindex={index + 2}
      className="check-row"
      data-selected={isSelected || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onFocus={() => setting.arrive(index)}
    >
      <td className="check-pick">
        {setting.mayChange && (
          <input
            type="checkbox"
            checked={isSelected}
            aria-label={t(messages.select, { name })}
            onChange={() => undefined}
            onClick={(event) => setting.select(check.id, event.shiftKey)}
          />
        )}
      </td>
      <td className="check-status">
        <StatusMark status={status} started={check.started} />
      </td>
      <td className="check-name">
        <Link
          ref={link}
          to="/projects/$project/checks/$check"
          params={{ project: check.project, check: check.id }}
          preload={false}
          title={name}
          dir="auto"
        >
          {name}
        </Link>
        <CheckDetails check={check} chooseTag={setting.chooseTag} />
      </td>
      <td className="check-last">
        {check.last_ping === null ? (
          <span className="soft">{t(messages.never)}</span>
        ) : (
          <Ago at={check.last_ping} />
        )}
      </td>
      <td className="check-runs">
        <RunStrip store={setting.runs} id={check.id} />
      </td>
      <td className="check-channels">
        <ChannelToggles
          check={check}
          channels={setting.channels}
          actions={setting.actions}
          mayChange={setting.mayChange}
        />
      </td>
      <td className="check-menu">
        {setting.mayChange && <RowMenu check={check} actions={setting.actions} />}
      </td>
    </tr>
  );
});

function CheckDetails({ check, chooseTag }: { check: Check; chooseTag(tag: string): void }) {
  const t = useT();
  const words = scheduleWords(check, useLanguage());
  return (
    <div className="check-details">
      <span className="check-schedule" title={words}>
        {words}
      </span>
      {check.tags.map((tag) => (
        <button
          key={tag}
          type="button"
          className="tag"
          title={t(messages.withTag, { tag })}
          onClick={() => chooseTag(tag)}
        >
          {tag}
        </button>
      ))}
    </div>
  );
}

const messages = defineMessages({
  select: { en: 'Select {name}', fr: 'Sélectionner {name}' },
  never: { en: 'never', fr: 'jamais' },
  withTag: { en: 'Only with the tag {tag}', fr: 'Seulement avec l’étiquette {tag}' },
});
