package io.tillpost.console.storage;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Keys under {@code tillpost.elasticsearch}.
 *
 * @param urls the nodes of the cluster, like {@code https://es:9200}; not used with an embedded
 *     node
 * @param username with {@code password}, or null
 * @param apiKey in its encoded form, or null
 * @param indexPrefix what the names of all indices begin with
 * @param embedded a node as a child process of this one
 */
@ConfigurationProperties(value = "tillpost.elasticsearch", ignoreUnknownFields = false)
public record ElasticsearchProperties(
    @DefaultValue("http://127.0.0.1:9200") List<URI> urls,
    @Nullable String username,
    @Nullable String password,
    @Nullable String apiKey,
    @DefaultValue("tillpost-") String indexPrefix,
    @DefaultValue Embedded embedded) {

  /** Copies its lists. */
  public ElasticsearchProperties {
    urls = List.copyOf(urls);
    if (username != null && apiKey != null) {
      throw new IllegalArgumentException(
          "tillpost.elasticsearch: give a username or an api-key, not both");
    }
    if ((username == null) != (password == null)) {
      throw new IllegalArgumentException(
          "tillpost.elasticsearch: username and password go together");
    }
  }

  /**
   * The embedded node.
   *
   * @param enabled whether one is started
   * @param heap its heap, at least 128 MB
   * @param port its HTTP port on loopback; 0 for any free one
   * @param javaOptions more flags of its virtual machine, like {@code -Xlog:gc}; each begins with a
   *     hyphen
   */
  public record Embedded(
      @DefaultValue("false") boolean enabled,
      @DefaultValue("512MB") DataSize heap,
      @DefaultValue("0") int port,
      @DefaultValue List<String> javaOptions) {

    /** Copies its list. */
    public Embedded {
      javaOptions = List.copyOf(javaOptions);
      for (String option : javaOptions) {
        if (!option.startsWith("-")) {
          throw new IllegalArgumentException(
              "tillpost.elasticsearch.embedded.java-options: '"
                  + option
                  + "' is no flag of a virtual machine; one begins with a hyphen, like -Xlog:gc");
        }
      }
    }
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "ElasticsearchProperties[" + urls + ", " + indexPrefix + ", " + embedded + "]";
  }
}
