package io.tillpost.console.recovery;

import io.tillpost.console.schema.SchemaFile;
import io.tillpost.console.security.Role;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys under {@code tillpost.recovery.edit}: which fields of a payload may be corrected.
 *
 * @param locked words; a field whose path has one of them is not edited: {@code tax} locks {@code
 *     lines[2].taxCode} and {@code taxes.total}
 * @param unlocked names of fields that a role may edit although they are locked, like {@code
 *     taxCode}
 * @param schemas what corrected payloads are checked against; those of other workflows are not
 */
public record EditProperties(
    @DefaultValue({
          "amount",
          "total",
          "gross",
          "net",
          "price",
          "discount",
          "tax",
          "vat",
          "tender",
          "payment",
          "currency",
          "transaction",
          "receipt"
        })
        List<String> locked,
    @DefaultValue Map<Role, List<String>> unlocked,
    @DefaultValue List<SchemaFile> schemas) {
  public EditProperties {
    locked = List.copyOf(locked);
    unlocked = Map.copyOf(unlocked);
    schemas = List.copyOf(schemas);
  }
}
