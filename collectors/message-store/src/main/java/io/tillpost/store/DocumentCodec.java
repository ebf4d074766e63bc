package io.tillpost.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of the documents of one kind, the same in every storage: members in snake_case, instants
 * as ISO 8601, enums by name, nothing for null and for empty optionals. Unknown members are left
 * out when read; a list, set or map that is missing is empty, so that a kind may grow.
 */
public final class DocumentCodec<T> {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
          // A record's components are what it is; its questions (isOpen) are not kept.
          .changeDefaultVisibility(
              checker -> checker.withVisibility(PropertyAccessor.IS_GETTER, Visibility.NONE))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .withConfigOverride(List.class, o -> o.setNullHandling(emptyForNull()))
          .withConfigOverride(Set.class, o -> o.setNullHandling(emptyForNull()))
          .withConfigOverride(Map.class, o -> o.setNullHandling(emptyForNull()))
          .withConfigOverride(SortedMap.class, o -> o.setNullHandling(emptyForNull()))
          .build();

  private final DocumentKind<T> kind;

  public DocumentCodec(DocumentKind<T> kind) {
    this.kind = kind;
  }

  /**
   * The document as JSON.
   *
   * @throws IllegalArgumentException if the value is not what the kind says; a fault of the caller
   */
  public ObjectNode write(T value) {
    try {
      return MAPPER.valueToTree(value);
    } catch (JacksonException | ClassCastException e) {
      throw new IllegalArgumentException("No document of kind " + kind.name(), e);
    }
  }

  /**
   * The document that this JSON holds.
   *
   * @throws IllegalStateException if it cannot be read: the kind has changed more than it may
   */
  public T read(JsonNode json) {
    try {
      return MAPPER.treeToValue(json, kind.type());
    } catch (JacksonException e) {
      throw new IllegalStateException("Unreadable document of kind " + kind.name(), e);
    }
  }

  private static JsonSetter.Value emptyForNull() {
    return JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
  }
}
