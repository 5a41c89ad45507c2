import type { Effect } from './store/tx.ts';

type Listener<T> = (effect: T) => void;
type EffectOf<K extends Effect['type']> = Extract<Effect, { type: K }>;

/** Hands durable effects, this node's and the other nodes', to whoever listens in this process. */
export class EventHub {
  readonly #listeners: { [K in Effect['type']]: Set<Listener<EffectOf<K>>> } = {
    deadline: new Set(),
    work: new Set(),
    probe: new Set(),
    changed: new Set(),
  };

  /** Calls `listener` for each effect of the type; returns a function that ends it. */
  on<K extends Effect['type']>(type: K, listener: Listener<EffectOf<K>>): () => void {
    const listeners: Set<Listener<EffectOf<K>>> = this.#listeners[type];
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  publish(effects: Effect[]): void {
    for (const effect of effects) {
      if (effect.type === 'deadline') for (const listener of this.#listeners.deadline) listener(effect);
      else if (effect.type === 'work') for (const listener of this.#listeners.work) listener(effect);
      else if (effect.type === 'probe') for (const listener of this.#listeners.probe) listener(effect);
      else for (const listener of this.#listeners.changed) listener(effect);
    }
  }
}
