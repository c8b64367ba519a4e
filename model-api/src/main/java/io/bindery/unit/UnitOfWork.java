package io.bindery.unit;

import io.bindery.error.BinderyException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Calls of mapper services, on one bind or several, whose writes are committed together or not at
 * all, as far as databases without a common coordinator can do that.
 *
 * <p><b>Binds.</b> A bind joins at the first call on it: its generation is pinned and one
 * connection taken, on which all models work, so that they see each other's writes. It stays on
 * both until the unit ends, also when its configuration changes meanwhile. When {@code
 * drain.timeout} of the replaced generation passes first, its statements are stopped, and the
 * unit's next use of the bind says so.
 *
 * <p><b>What is atomic.</b> On one bind: everything, if its tables are transactional. Over several
 * binds: everything up to {@link #commit()}; each failure until then rolls all of them back. {@code
 * commit()} itself commits one bind after another. It looks at every connection before the first
 * commit; what fails after that leaves those committed that came before. This is no two-phase
 * commit, and {@link UnitReport} says what happened.
 *
 * <p><b>Threads.</b> A unit works for one thread at a time. It may go from thread to thread by
 * {@link #enter()}; a call while another thread is in one is refused with an error that names that
 * thread, and changes nothing. {@link #close()} may be called from any thread at any time.
 *
 * <p><b>Errors.</b> A call that fails leaves the unit open, as a statement that fails leaves a
 * transaction open: correct it, or leave. When the database itself has rolled back (a deadlock) or
 * the connection is lost, further calls and {@code commit()} are refused. When the unit's time is
 * over, everything is rolled back at once, and whoever uses it next hears why.
 */
@ProviderType
public interface UnitOfWork extends AutoCloseable {
  /**
   * Commits the binds that were written, one after another, and ends the unit. Binds that were only
   * read are let go. A cursor that is still open is closed.
   *
   * @return what became of each bind; all that were written are {@link BindResult.Status#COMMITTED}
   * @throws CommitFailedException when a bind could not be committed; those after it are rolled
   *     back. Its report says what became of each.
   * @throws BinderyException when nothing was tried: the unit has ended, another thread is in a
   *     call of it (it stays open then), or a database has rolled back already (everything is
   *     rolled back then)
   */
  UnitReport commit();

  /**
   * Rolls everything back and ends the unit.
   *
   * @return what became of each bind; all that were written are {@link
   *     BindResult.Status#ROLLED_BACK}
   * @throws BinderyException when the unit has ended, or another thread is in a call of it
   */
  UnitReport rollback();

  /**
   * Makes this the current unit of the calling thread, until the entry is closed or the unit ends.
   * To be closed by the same thread.
   *
   * @return leaves the unit when closed, without ending it
   * @throws BinderyException CONFIGURATION when the thread has another unit, or this one has ended
   */
  Entry enter();

  /** Whether it has not ended. */
  boolean isOpen();

  /**
   * Ends the unit: unless it was committed, a statement that runs is stopped and everything is
   * rolled back. Never throws, and does nothing when the unit has ended.
   */
  @Override
  void close();

  /** A thread's stay in a unit. */
  @ProviderType
  interface Entry extends AutoCloseable {
    /** Leaves. Does nothing the second time. */
    @Override
    void close();
  }
}
