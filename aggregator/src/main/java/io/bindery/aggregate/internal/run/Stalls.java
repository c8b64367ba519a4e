package io.bindery.aggregate.internal.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives up sources that a run can do without when their next row has been waited for for a quarter
 * of the run's time, so that the others can still be read. Looked at by the clock.
 */
final class Stalls {
  /** How often a run is looked at. */
  static final int LOOKS = 16;

  private static final int PATIENCE = LOOKS / 4;

  private final List<SourceReading> readings;
  private final Map<SourceReading, Long> rows = new HashMap<>();
  private final Map<SourceReading, Integer> looks = new HashMap<>();

  Stalls(List<SourceReading> readings) {
    this.readings = readings;
  }

  synchronized void look() {
    for (SourceReading reading : readings) {
      Long now = reading.rowsRead();
      boolean stalled = reading.tolerated() && reading.isBusy() && now.equals(rows.get(reading));
      int times = stalled ? looks.merge(reading, 1, Integer::sum) : 0;
      if (!stalled) {
        looks.remove(reading);
      } else if (times >= PATIENCE) {
        reading.giveUp("no row for a quarter of the time that the run has");
      }
      rows.put(reading, now);
    }
  }
}
