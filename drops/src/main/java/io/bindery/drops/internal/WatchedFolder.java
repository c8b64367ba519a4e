package io.bindery.drops.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A folder whose files are followed from scan to scan. For one thread. */
final class WatchedFolder {
  private final Path path;
  private final Function<String, FileNames.Verdict> verdicts;
  private final QuietFiles files;
  private @Nullable String problem;
  private boolean known;

  WatchedFolder(Path path, Function<String, FileNames.Verdict> verdicts, long quietNanos) {
    this.path = path;
    this.verdicts = verdicts;
    this.files = new QuietFiles(quietNanos);
  }

  Path path() {
    return path;
  }

  /** What is wrong with the folder itself, or null. */
  @Nullable String problem() {
    return problem;
  }

  /**
   * Makes the folder where it is missing. One that was there before is not remade: somebody is
   * exchanging it, and an empty one would take away all that came from it.
   */
  void create() {
    problem = null;
    if (!known && !Files.isDirectory(path)) {
      try {
        Files.createDirectories(path);
      } catch (IOException e) {
        problem = "the folder is missing and cannot be made; create it, or free its name";
      }
    }
  }

  /** Looks at the folder; what is known of one that cannot be read stays as it was. */
  void scan() {
    if (problem != null) {
      return;
    }
    Predicate<String> wanted = name -> verdicts.apply(name).kind() != FileNames.Kind.IGNORED;
    try {
      Map<Path, Fingerprint> seen = FolderScan.of(path, wanted);
      files.observe(seen, System.nanoTime(), System.currentTimeMillis());
      known = true;
    } catch (NoSuchFileException | NotDirectoryException e) {
      problem =
          "the folder is missing; what was taken from it stays; put it back, or make an empty one"
              + " to remove all that came from it";
    } catch (IOException e) {
      problem =
          "the folder cannot be read ("
              + e.getClass().getSimpleName()
              + "); what was taken from it stays";
    }
  }

  /** Whether the folder could ever be read, so that what it holds is known. */
  boolean isKnown() {
    return known;
  }

  /** The files to take that are there for the first time and may not be whole yet. */
  Set<Path> arriving() {
    Set<Path> arriving = files.arriving();
    arriving.removeIf(file -> verdict(file).kind() != FileNames.Kind.TAKEN);
    return arriving;
  }

  /** The files to take that are whole. */
  Map<Path, Fingerprint> whole() {
    Map<Path, Fingerprint> taken = new TreeMap<>();
    files
        .settled()
        .forEach(
            (file, fingerprint) -> {
              if (verdict(file).kind() == FileNames.Kind.TAKEN) {
                taken.put(file, fingerprint);
              }
            });
    return taken;
  }

  /** What is wrong with files by their name alone. */
  Map<Path, String> mistaken() {
    Map<Path, String> mistaken = new TreeMap<>();
    for (Path file : files.settled().keySet()) {
      String text = verdict(file).problem();
      if (text != null) {
        mistaken.put(file, text);
      }
    }
    return mistaken;
  }

  private FileNames.Verdict verdict(Path file) {
    return verdicts.apply(file.getFileName().toString());
  }

  boolean isQuiet() {
    return files.isQuiet();
  }

  long nanosUntilQuiet() {
    return problem != null ? Long.MAX_VALUE : files.nanosUntilQuiet(System.nanoTime());
  }
}
