package io.bindery.samples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {
  private final Path root;

  CacheFolderTest(@TempDir Path root) {
    this.root = root;
  }

  @Test
  void aFolderIsMadeOnceThoughManyAskAtOnce() {
    AtomicInteger made = new AtomicInteger();
    CompletableFuture<?>[] askers =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.runAsync(
                        () ->
                            CacheFolder.in(root)
                                .folder(
                                    "thing-1",
                                    folder -> {
                                      made.incrementAndGet();
                                      Files.writeString(folder.resolve("file"), "content");
                                    })))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(askers).join();

    assertThat(made).hasValue(1);
    assertThat(root.resolve("thing-1/file")).hasContent("content");
  }

  @Test
  void aFailedFillLeavesNothingBehindAndIsTriedAgain() throws IOException {
    CacheFolder cache = CacheFolder.in(root);
    assertThatThrownBy(
            () ->
                cache.folder(
                    "thing-1",
                    folder -> {
                      Files.writeString(folder.resolve("half"), "");
                      throw new IOException("disk full");
                    }))
        .hasMessageContaining("thing-1")
        .cause()
        .hasMessage("disk full");
    assertThat(root.toFile().list()).containsExactly("thing-1.lock");

    cache.folder("thing-1", folder -> Files.writeString(folder.resolve("whole"), ""));
    assertThat(root.resolve("thing-1").toFile().list()).containsExactly("whole");
  }

  @Test
  void whatAKilledProcessLeftUnfinishedIsRemoved() throws IOException {
    Path left = Files.createDirectories(root.resolve("thing-1.new-123/sub"));

    CacheFolder.in(root).folder("thing-1", folder -> {});

    assertThat(left.getParent()).doesNotExist();
  }

  @Test
  void aCopyHasTheSameBytesAlsoWhereTheyAreZeros() throws IOException {
    Path from = root.resolve("from");
    Files.createDirectories(from.resolve("sub"));
    byte[] content = new byte[300_000];
    content[100_000] = 1;
    Files.write(from.resolve("sub/holes"), content);
    Files.write(from.resolve("empty"), new byte[0]);

    CacheFolder.copy(from, root.resolve("to"));

    assertThat(root.resolve("to/sub/holes")).hasBinaryContent(content);
    assertThat(root.resolve("to/empty")).isEmptyFile();
  }
}
