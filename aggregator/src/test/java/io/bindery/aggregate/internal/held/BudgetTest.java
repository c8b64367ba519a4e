package io.bindery.aggregate.internal.held;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.aggregate.internal.plan.Memory;
import io.bindery.error.BinderyException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run holds, and that nothing is held behind its end. */
final class BudgetTest {
  @TempDir private Path folder;

  @Test
  void aFileThatIsMadeBehindTheEndOfARunIsClosed() {
    Budget budget = new Budget(new Memory("late", 1 << 20, 1 << 20), new HostMemory(1, folder));
    budget.close();
    SpillFile file = budget.file();
    file.write(new byte[10], 0, 10);
    assertThatThrownBy(file::flush)
        .isInstanceOf(BinderyException.class)
        .hasMessageContaining("cannot be written");
  }
}
