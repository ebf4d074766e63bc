package io.tillpost.ingest.otlp;

import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Map;

/**
 * What sent the records.
 *
 * @param attributes of its resource, card numbers masked
 * @param characters of all attributes, which every span has
 */
record Resources(String service, Map<String, String> attributes, long characters) {
  private static final String UNKNOWN = "unknown_service";
  private static final int MAX_SERVICE = 200;

  static Resources of(Resource resource) {
    Map<String, String> attributes = Attributes.masked(resource.getAttributesList());
    String service = attributes.getOrDefault("service.name", "");
    return new Resources(
        service.isBlank() ? UNKNOWN : Attributes.cut(service, MAX_SERVICE),
        // Immutable, so that no span has to copy it.
        Map.copyOf(attributes),
        attributes.entrySet().stream()
            .mapToLong(one -> one.getKey().length() + one.getValue().length())
            .sum());
  }
}
