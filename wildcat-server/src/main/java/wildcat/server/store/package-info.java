/// What the server keeps beside the accounts' own state: accounts, webhooks, API keys, as JSON records.
@org.jspecify.annotations.NullMarked
package wildcat.server.store;
