package io.tillpost.store.elasticsearch;

import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import io.tillpost.message.Workflows;
import io.tillpost.store.DailyData;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.GroupingStore;
import io.tillpost.store.ImpactQueries;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.Messages;
import io.tillpost.store.StoreHealth;
import io.tillpost.store.Stores;
import io.tillpost.store.Traces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The ports in an Elasticsearch cluster. Building it connects to nothing: templates and indices are
 * made at the first use that needs them, and made again is the same as made once.
 */
public final class ElasticsearchStores implements Stores {
  private final Rest5Client client;
  private final IngestWriter ingestWriter;
  private final Messages messages;
  private final Traces traces;
  private final ImpactQueries impact;
  private final FailureQueries failures;
  private final DocumentStore documents;
  private final DailyData daily;
  private final StoreHealth health;

  private ElasticsearchStores(Builder builder) {
    client = client(builder);
    Http http = new Http(client);
    Schema schema = new Schema(http, builder.indexPrefix);
    Bulk bulk = new Bulk(http);
    Search search = new Search(http, schema);
    States states = new States(http, schema.messages());
    Workflows workflows = builder.workflows;
    ingestWriter =
        new ElasticsearchIngestWriter(
            schema,
            bulk,
            new RecordCheck(builder.clock, builder.oldest),
            states,
            new StateDocument(workflows));
    documents = new ElasticsearchDocumentStore(schema, http, search, bulk);
    GroupsReader groups = new GroupsReader(new GroupingStore(documents));
    messages = new ElasticsearchMessages(search, states, groups, workflows, builder.clock);
    traces = new ElasticsearchTraces(search);
    impact = new ElasticsearchImpactQueries(search, builder.slicesAtOnce);
    failures = new ElasticsearchFailureQueries(search, groups);
    daily = new ElasticsearchDailyData(http, schema);
    health = new ElasticsearchHealth(http);
  }

  /** A builder with all defaults; the URL must be set. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public IngestWriter ingestWriter() {
    return ingestWriter;
  }

  @Override
  public Messages messages() {
    return messages;
  }

  @Override
  public Traces traces() {
    return traces;
  }

  @Override
  public ImpactQueries impact() {
    return impact;
  }

  @Override
  public FailureQueries failures() {
    return failures;
  }

  @Override
  public DocumentStore documents() {
    return documents;
  }

  @Override
  public DailyData daily() {
    return daily;
  }

  @Override
  public StoreHealth health() {
    return health;
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The connections to Elasticsearch cannot be closed", e);
    }
  }

  private static Rest5Client client(Builder builder) {
    var client =
        Rest5Client.builder(builder.urls)
            .setConnectionConfigCallback(
                config ->
                    config
                        .setConnectTimeout(Timeout.of(Duration.ofSeconds(2)))
                        .setSocketTimeout(Timeout.of(Duration.ofSeconds(30))))
            .setHttpClientConfigCallback(
                http -> http.addExecInterceptorLast("large-writes", LargeWrites.handler()))
            .setConnectionManagerCallback(
                manager -> manager.setMaxConnPerRoute(20).setMaxConnTotal(60));
    if (builder.authorization != null) {
      client.setDefaultHeaders(
          new Header[] {new BasicHeader("Authorization", builder.authorization, true)});
    }
    if (builder.sslContext != null) {
      client.setSSLContext(builder.sslContext);
    }
    return client.build();
  }

  /** How to reach Elasticsearch. */
  public static final class Builder {
    private List<URI> urls = List.of();
    private @Nullable String authorization;
    private @Nullable SSLContext sslContext;
    private String indexPrefix = "tillpost-";
    private Workflows workflows = Workflows.of(List.of());
    private Clock clock = Clock.systemUTC();
    private Duration oldest = Duration.ofDays(400);
    private int slicesAtOnce = ElasticsearchImpactQueries.SLICES_AT_ONCE;

    private Builder() {}

    /** The nodes of the cluster, at least one, like {@code http://localhost:9200}. */
    public Builder url(URI... nodes) {
      urls = List.of(nodes);
      return this;
    }

    /** A user and password. */
    public Builder basicAuth(String user, String secret) {
      byte[] credentials = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
      authorization = "Basic " + Base64.getEncoder().encodeToString(credentials);
      return this;
    }

    /** An API key in its encoded form. */
    public Builder apiKey(String encoded) {
      authorization = "ApiKey " + encoded;
      return this;
    }

    /** Which certificates to trust; those that Java trusts unless set. */
    public Builder sslContext(SSLContext context) {
      sslContext = context;
      return this;
    }

    /** What the names of all indices begin with; {@code tillpost-} unless set. */
    public Builder indexPrefix(String prefix) {
      if (!prefix.matches("[a-z0-9][a-z0-9_.-]*")) {
        throw new IllegalArgumentException("'" + prefix + "' is no beginning of index names");
      }
      indexPrefix = prefix;
      return this;
    }

    /** The configured workflows, which say when messages are due; none unless set. */
    public Builder workflows(Workflows configured) {
      workflows = configured;
      return this;
    }

    /** What time it is; the system's clock unless set. */
    public Builder clock(Clock newClock) {
      clock = newClock;
      return this;
    }

    /** Events and spans from longer ago are refused; 400 days unless set. */
    public Builder oldest(Duration age) {
      oldest = age;
      return this;
    }

    /** How many slices of the impact are read at once; for tests. */
    Builder slicesAtOnce(int slices) {
      slicesAtOnce = slices;
      return this;
    }

    /**
     * The stores.
     *
     * @throws IllegalStateException without a URL
     */
    public Stores build() {
      if (urls.isEmpty()) {
        throw new IllegalStateException("The URL of Elasticsearch is missing");
      }
      return new ElasticsearchStores(this);
    }
  }
}
