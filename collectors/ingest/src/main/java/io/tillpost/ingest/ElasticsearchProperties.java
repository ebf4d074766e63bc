package io.tillpost.ingest;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the message store is, for an ingest process of its own.
 *
 * @param urls the nodes, like {@code https://es:9200}
 * @param apiKey in its encoded form, or null
 * @param username with {@code password}, or null
 * @param indexPrefix what the names of all indices begin with
 */
@ConfigurationProperties(prefix = "tillpost.elasticsearch")
record ElasticsearchProperties(
    @DefaultValue("http://127.0.0.1:9200") List<URI> urls,
    @Nullable String apiKey,
    @Nullable String username,
    @Nullable String password,
    @DefaultValue("tillpost-") String indexPrefix) {
  @Override
  public String toString() {
    return "ElasticsearchProperties[" + urls + ", " + indexPrefix + "]";
  }
}
