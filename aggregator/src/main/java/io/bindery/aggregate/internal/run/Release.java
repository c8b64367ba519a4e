package io.bindery.aggregate.internal.run;

import io.bindery.aggregate.internal.plan.Offer;
import io.bindery.source.RowReader;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes a source's reader; one that somebody waits for is aborted first. */
record Release(Offer offer, RowReader reader, ReentrantLock busy) implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Release.class);

  @Override
  public void run() {
    try {
      if (!busy.tryLock()) {
        reader.abort();
        busy.lock();
      }
      try {
        reader.close();
      } finally {
        busy.unlock();
      }
    } catch (RuntimeException e) {
      LOG.warn(
          "bind '{}': cannot close the rows of source '{}': {}",
          offer.bindKey(),
          offer.source(),
          e.getMessage());
    }
  }
}
