package io.tillpost.console.schema;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which payloads a schema is for, and where it is.
 *
 * @param workflow the messages of this workflow
 * @param schemaVersion only those that say they are of this version; null for all of them, where
 *     none is configured for theirs
 * @param file a JSON Schema (2020-12) where its name ends in {@code .json}, an XML Schema where it
 *     ends in {@code .xsd}
 */
public record SchemaFile(String workflow, @Nullable String schemaVersion, Path file) {
  /** Checks that it says what it is for. */
  public SchemaFile {
    if (workflow == null || workflow.isBlank() || file == null) {
      throw new IllegalArgumentException("A schema needs its workflow and its file");
    }
  }

  /** In words, for who has to put it right. */
  String words() {
    return "The schema file %s (tillpost.recovery.edit.schemas, workflow %s)"
        .formatted(file, workflow);
  }
}
