package io.bindery.unit;

import io.bindery.error.BinderyException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Begins units of work; a service. Safe for all threads.
 *
 * <pre>{@code
 * @Reference UnitsOfWork units;
 * @Reference(target = "(bind.key=shop)") OrderMapper orders;
 * @Reference(target = "(bind.key=crm)") CustomerMapper customers;
 *
 * try (UnitOfWork unit = units.begin("shop", "crm")) { // commits shop first, crm after it
 *   orders.add(order);
 *   customers.touch(order.email());
 *   unit.commit();
 * } // left without commit(): all is rolled back
 * }</pre>
 */
@ProviderType
public interface UnitsOfWork {
  /**
   * Begins a unit that is the current one of the calling thread until it ends: every mapper service
   * that the thread calls meanwhile joins it.
   *
   * @param settings how it works
   * @return the unit, for the caller to close
   * @throws BinderyException CONFIGURATION when the thread has a unit already: units are not
   *     nested; work that may be called with and without one asks {@link #isCurrent()}
   */
  UnitOfWork begin(UnitSettings settings);

  /**
   * Begins a unit with a declared commit order, as {@link #begin(UnitSettings)} does.
   *
   * @param commitOrder the keys of the binds that may be written, in the order in which they
   *     commit; none when any may be, in the order in which they are first written
   * @return the unit, for the caller to close
   * @throws BinderyException CONFIGURATION when the thread has a unit already, or a key is empty or
   *     given twice
   */
  default UnitOfWork begin(String... commitOrder) {
    return begin(UnitSettings.committing(commitOrder));
  }

  /**
   * Begins a unit that is current in no thread yet, for scopes other than a thread, such as a
   * request: whoever works for it calls {@link UnitOfWork#enter()}.
   *
   * @param settings how it works
   * @return the unit, for the caller to close
   */
  UnitOfWork open(UnitSettings settings);

  /**
   * The unit of the calling thread: within one scope always the same.
   *
   * @throws BinderyException CONFIGURATION when the thread has none
   */
  UnitOfWork current();

  /** Whether the calling thread has a unit. */
  boolean isCurrent();
}
