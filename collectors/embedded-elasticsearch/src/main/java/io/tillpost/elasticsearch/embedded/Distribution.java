package io.tillpost.elasticsearch.embedded;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The server inside this jar, and its unpacked form in a directory that is named by the hash of the
 * archive.
 */
final class Distribution {
  private static final String ARCHIVE = "distribution.zip";

  private Distribution() {}

  /**
   * Unpacks the server into that directory unless this very version already lies there. A crash
   * half way leaves a directory of another name, never half a server.
   *
   * @return the directory of the unpacked server
   */
  static Path unpackBelow(Path distributions) throws IOException {
    Path parent = Files.createDirectories(distributions);
    Path target = parent.resolve(hash());
    if (Files.isDirectory(target)) {
      return target;
    }
    Path partial = Files.createTempDirectory(parent, "partial-");
    try {
      unpack(partial);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException other) {
      // Another process unpacked the same version meanwhile; its copy serves as well.
      delete(partial);
    } catch (IOException e) {
      delete(partial);
      throw e;
    }
    return target;
  }

  /**
   * Deletes other versions and leftovers beside the given one. Only for who knows that no other
   * node runs there.
   */
  static void deleteOthers(Path distribution) throws IOException {
    Path parent = distribution.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("not below a home: " + distribution);
    }
    List<Path> others;
    try (Stream<Path> entries = Files.list(parent)) {
      others = entries.filter(entry -> !entry.equals(distribution)).toList();
    }
    for (Path other : others) {
      delete(other);
    }
  }

  private static String hash() throws IOException {
    try (InputStream in = resource(ARCHIVE + ".sha256")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip().substring(0, 16);
    }
  }

  private static void unpack(Path target) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(resource(ARCHIVE))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException("an entry that leaves the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.resolveSibling(""));
          Files.copy(zip, file);
        }
      }
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = Distribution.class.getResourceAsStream(name);
    if (in == null) {
      throw new FileNotFoundException(
          "the resource " + name + " is missing; the build of embedded-elasticsearch makes it");
    }
    return in;
  }

  private static void delete(Path root) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(root)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
