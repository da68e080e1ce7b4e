package org.pupilledger;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class LedgerApplication {
    public static void main(String[] args) {
        System.out.println("java " + Runtime.version());
        SpringApplication.run(LedgerApplication.class, args);
    }
}
