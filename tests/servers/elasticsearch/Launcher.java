import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * One Elasticsearch node for tests: `java -cp 'lib/*' Launcher.java HOME name=value …`.
 *
 * It ends with its standard input, so that no node outlives the tests that started it, however those ended.
 */
public class Launcher {
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Settings.Builder settings = Settings.builder().put("path.home", home.toString());
        for (int place = 1; place < arguments.length; place++) {
            String[] pair = arguments[place].split("=", 2);
            if (pair[1].contains(",")) {
                settings.putList(pair[0], pair[1].split(","));
            } else {
                settings.put(pair[0], pair[1]);
            }
        }
        Environment environment = new Environment(settings.build(), home.resolve("config"));
        LogConfigurator.configureWithoutConfig(environment.settings());
        PluginsLoader modules = PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(home.resolve("modules")), Set.of(), Map.of(), false);
        Node node = new Node(environment, modules);
        node.start();
        System.out.println("started");
        while (System.in.read() >= 0) {
            // nothing is said here; what counts is the end
        }
        node.close();
        System.exit(0);
    }
}
